import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../lambdas/domain/reports/report';
import type { AnswerRow } from '../../lambdas/domain/reports/tally';

/** The result of a comparison. */
export interface Comparison {
  readonly cells: number;
  /** A description of each difference. */
  readonly differences: readonly string[];
}

export const nothingCompared: Comparison = { cells: 0, differences: [] };

export function together(left: Comparison, right: Comparison): Comparison {
  return { cells: left.cells + right.cells, differences: [...left.differences, ...right.differences] };
}

/** Compares two answers to one query, ignoring the order of rows. */
export function compareAnswers(left: readonly AnswerRow[], right: readonly AnswerRow[]): Comparison {
  const rest = new Map<string, number>();
  for (const row of left) rest.set(JSON.stringify(row), (rest.get(JSON.stringify(row)) ?? 0) + 1);
  for (const row of right) rest.set(JSON.stringify(row), (rest.get(JSON.stringify(row)) ?? 0) - 1);
  const differences = [...rest].flatMap(([row, times]) =>
    times === 0 ? [] : [`${times > 0 ? 'only the first' : 'only the second'} has ${row}`],
  );
  return { cells: left.reduce((sum, row) => sum + row.length, 0), differences };
}

/** Compares two answers to an export: rows of one group are adjacent, and the groups are in the same order. */
export function compareOrder(left: readonly AnswerRow[], right: readonly AnswerRow[]): Comparison {
  const order = (rows: readonly AnswerRow[]): readonly string[] => {
    const groups = rows.map((row) => JSON.stringify(row.slice(1, 7)));
    return groups.filter((group, at) => group !== groups[at - 1]);
  };
  const [first, second] = [order(left), order(right)];
  const isSame = isDeepStrictEqual(first, second) && new Set(first).size === first.length;
  return { cells: 0, differences: isSame ? [] : ['the groups of the export come in another order, or apart'] };
}

/** A report that was computed without the product. */
export interface KnownReport {
  readonly rows: readonly KnownRow[];
  readonly total: KnownRow;
}

interface KnownRow {
  readonly group: object;
  readonly measures: Readonly<Record<string, unknown>>;
  readonly notConverted?: object;
}

/** Compares every metric of every row and of the total; rows match by group. */
export function compareReports(report: Report, known: KnownReport, metrics: readonly string[]): Comparison {
  const keyOf = ({ group }: { readonly group: object }): string => JSON.stringify(group);
  const seen = new Map<string, Omit<KnownRow, 'group'>>(report.rows.map((row) => [keyOf(row), row]));
  const expected = new Map<string, Omit<KnownRow, 'group'>>(known.rows.map((row) => [keyOf(row), row]));
  seen.set('total', report.total);
  expected.set('total', known.total);
  let cells = 0;
  const differences: string[] = [];
  const compare = (where: string, is: unknown, shouldBe: unknown): void => {
    cells += 1;
    if (isDeepStrictEqual(is, shouldBe)) return;
    differences.push(`${where} is ${JSON.stringify(is)} and should be ${JSON.stringify(shouldBe)}`);
  };
  for (const key of new Set([...seen.keys(), ...expected.keys()])) {
    const [is, shouldBe] = [seen.get(key), expected.get(key)];
    if (is === undefined || shouldBe === undefined) {
      differences.push(`the row ${key} is ${is === undefined ? 'missing' : 'one too many'}`);
      continue;
    }
    for (const metric of metrics) {
      compare(`${metric} of ${key}`, Reflect.get(is.measures, metric), shouldBe.measures[metric]);
    }
    compare(`what is not converted of ${key}`, is.notConverted, shouldBe.notConverted);
  }
  return { cells, differences };
}
