import { stripVTControlCharacters } from 'node:util';
import { style } from './style';
import { widthOf } from './width';

const gap = '  ';

/**
 * Formats columns under headings without lines, for `cut` and `grep`. Cells may be coloured; columns of numbers or money are
 * right-aligned. On a narrow terminal each row takes several lines, all but the first indented.
 * @param width columns of the terminal; unlimited if the output is no terminal
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number = process.stdout.columns ?? Infinity,
): string {
  const lines = [
    headings.map((heading) => style.heading(heading.toUpperCase())),
    ...rows.map((row) => row.map(oneLine)),
  ];
  const columns = headings.map((_, column): Column => {
    const cells = lines.map((line) => line[column] ?? '');
    return {
      width: cells.reduce((most, cell) => Math.max(most, widthOf(cell)), 0),
      isNumeric: cells.slice(1).every((cell) => numeric.test(stripVTControlCharacters(cell))),
    };
  });
  const groups = columnGroups(columns, width);
  return lines
    .flatMap((cells) =>
      groups.map((group, line) => {
        const aligned = group.map((column) => alignedCell(cells[column] ?? '', columns[column]));
        return ((line === 0 ? '' : gap) + aligned.join(gap)).trimEnd();
      }),
    )
    .join('\n');
}

interface Column {
  readonly width: number;
  readonly isNumeric: boolean;
}

/** A number, money, or an empty cell. */
const numeric = /^(?:[-+]?\d[\d.,]*%?(?: [A-Z]{3})?|no amount|)$/;

/** Distributes the columns over lines: as many per line as fit, in their order. */
function columnGroups(columns: readonly Column[], width: number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let used = Infinity;
  for (const [column, { width: own }] of columns.entries()) {
    const group = groups.at(-1);
    if (group === undefined || used + gap.length + own > width) {
      groups.push([column]);
      used = own + (groups.length === 1 ? 0 : gap.length);
    } else {
      group.push(column);
      used += gap.length + own;
    }
  }
  return groups;
}

function alignedCell(cell: string, { width, isNumeric }: Column = { width: 0, isNumeric: false }): string {
  return isNumeric ? ' '.repeat(Math.max(0, width - widthOf(cell))) + cell : padded(cell, width);
}

/** Formats names and values below each other. */
export function fieldList(fields: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...fields.map(([name]) => widthOf(name)));
  return fields.map(([name, value]) => `${style.quiet(padded(name, width))}  ${value}`).join('\n');
}

/** Formats any value as a cell: a text unchanged, nothing as an empty cell, anything else as JSON. */
export function cellOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A line break in foreign text must not break the table. */
function oneLine(cell: string): string {
  return cell.replace(/[\r\n\t]+/g, ' ');
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}
