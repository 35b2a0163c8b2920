import type { FactRow } from './rows';

/** Rows of one object, as they were counted. */
export interface CountedRows {
  readonly key: string;
  readonly rows: readonly FactRow[];
}

/** Differences between counted and stored clicks. */
export interface ClickDifference {
  /** Stored and not counted. */
  readonly missing: readonly FactRow[];
  /** Copies of a click that is counted already, with the object that holds each. */
  readonly doubled: readonly CountedRows[];
}

/**
 * Compares clicks. One that is counted and no longer stored stays counted: its row has expired. Rows of erased clicks have no ID, and
 * are left as they are.
 */
export function clickDifference(stored: readonly FactRow[], counted: readonly CountedRows[]): ClickDifference {
  const seen = new Set<string>();
  const doubled: CountedRows[] = [];
  for (const { key, rows } of counted) {
    const copies = rows.filter((row) => {
      const clickId = idOf(row);
      if (clickId === '') return false;
      if (seen.has(clickId)) return true;
      seen.add(clickId);
      return false;
    });
    if (copies.length > 0) doubled.push({ key, rows: copies });
  }
  const missing = stored.filter((row) => {
    const clickId = idOf(row);
    if (clickId === '' || seen.has(clickId)) return false;
    seen.add(clickId);
    return true;
  });
  return { missing, doubled };
}

/** The rows of an object without copies: of each click as many rows go as there are copies of it. */
export function withoutCopies(rows: readonly FactRow[], copies: readonly FactRow[]): readonly FactRow[] {
  const left = new Map<string, number>();
  for (const copy of copies) left.set(idOf(copy), (left.get(idOf(copy)) ?? 0) + 1);
  return rows.filter((row) => {
    const going = left.get(idOf(row)) ?? 0;
    if (going > 0) left.set(idOf(row), going - 1);
    return going === 0;
  });
}

const idOf = (row: FactRow): string => String(row['click_id'] ?? '');
