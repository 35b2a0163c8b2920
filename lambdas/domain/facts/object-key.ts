import { quarterMilliseconds, type FactSet } from './columns';
import type { FactObject } from './manifest';
import type { FactRow } from './rows';

/** A day of UTC, such as `2026-11-29`. */
export type Day = string;

/** Prefix of objects that count writes: they wait there for the move to their day. */
const counted = 'counted';

/** The key of what one window of a shard counted. `id` is one that no other object has. */
export function countedKey(set: FactSet, id: string): string {
  return `${set}/${counted}/${id}.parquet`;
}

/** The key of an object that holds rows of one day. */
export function dayKey(set: FactSet, day: Day, id: string): string {
  return `${set}/${day}/${id}.parquet`;
}

/** The day whose rows an object holds; `undefined` for one that count wrote. */
export function dayOf({ key }: Pick<FactObject, 'key'>): Day | undefined {
  const folder = key.split('/')[1];
  return folder === undefined || folder === counted ? undefined : folder;
}

/** The date by which rows lie together: when a click was made, and when a change of a conversion was booked. */
const dayColumn = { clicks: 'click_quarter', conversions: 'booked_quarter' } as const;

export function dayOfRow(set: FactSet, row: FactRow): Day {
  return utcDay(Number(row[dayColumn[set]]) * quarterMilliseconds);
}

export function utcDay(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
