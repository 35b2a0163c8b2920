import { style } from './style';
import { widthOf } from './width';

const gap = '  ';

/** Columns under headings, without lines, so that it can be cut and grepped. Cells may be coloured. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [
    headings.map((heading) => style.heading(heading.toUpperCase())),
    ...rows.map((row) => row.map(oneLine)),
  ];
  const widths = headings.map((_, column) =>
    lines.reduce((most, cells) => Math.max(most, widthOf(cells[column] ?? '')), 0),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => padded(cell, widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}

/** Names and values below each other. */
export function fieldList(fields: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...fields.map(([name]) => widthOf(name)));
  return fields.map(([name, value]) => `${style.quiet(padded(name, width))}  ${value}`).join('\n');
}

/** Any value as a cell: a text as it is, nothing where there is none, anything else as JSON. */
export function cellOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A line break in what somebody else wrote must not break the table. */
function oneLine(cell: string): string {
  return cell.replace(/[\r\n\t]+/g, ' ');
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}
