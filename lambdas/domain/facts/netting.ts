import type { FactRow, FactValue } from './rows';

/**
 * Drops pairs of changes that cancel: equal in every column, with opposite count and amount. No sum of any group changes, because both
 * rows of a pair are always in the same group.
 */
export function netted<Row extends FactRow>(rows: readonly Row[]): readonly Row[] {
  const kept = new Map<string, Row[]>();
  for (const row of rows) {
    const opposite = kept.get(keyOf(row, negated));
    if (opposite !== undefined && opposite.length > 0) {
      opposite.pop();
      continue;
    }
    const key = keyOf(row, (value) => value);
    const alike = kept.get(key);
    if (alike === undefined) kept.set(key, [row]);
    else alike.push(row);
  }
  return [...kept.values()].flat();
}

const changing: readonly string[] = ['count', 'amount'];
const negated = (value: FactValue): FactValue => (typeof value === 'bigint' ? -value : value);

function keyOf(row: FactRow, change: (value: FactValue) => FactValue): string {
  return JSON.stringify(
    Object.keys(row)
      .sort()
      .map((name) => textOf(changing.includes(name) ? change(row[name] ?? null) : (row[name] ?? null))),
  );
}

const textOf = (value: FactValue): string | boolean | null => (typeof value === 'bigint' ? `${value}` : value);
