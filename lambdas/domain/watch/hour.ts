import { hourOf } from '../values/request-id';

/** A whole hour of UTC, as the partitions of the postback log name it: `2026-11-23T14`. In the order of its letters. */
export type Hour = string;

const hourMilliseconds = 3_600_000;

export const hoursPerWeek = 168;

const startOf = (hour: Hour): number => Date.parse(`${hour}:00:00.000Z`);

export function hourAfter(hour: Hour, hours = 1): Hour {
  return hourOf(startOf(hour) + hours * hourMilliseconds);
}

/** Whole hours from one to a later one; 0 where they are the same. */
export function hoursBetween(earlier: Hour, later: Hour): number {
  return (startOf(later) - startOf(earlier)) / hourMilliseconds;
}

/** 0 to 167: which hour of the week it is, in UTC, from Sunday 00:00. */
export function hourOfWeek(hour: Hour): number {
  const date = new Date(startOf(hour));
  return date.getUTCDay() * 24 + date.getUTCHours();
}

/**
 * The complete hours that are still to be counted at a moment, the oldest first.
 * @param counted the newest hour that was counted; without one, they begin with the hour before `firstPossible`
 * @param firstPossible milliseconds since 1970: before it there was nothing to count
 * @param reach how many hours back it is still worth it
 */
export function hoursToCount(
  now: number,
  { counted, firstPossible, reach }: { counted?: Hour | undefined; firstPossible: number; reach: number },
): readonly Hour[] {
  const newest = hourAfter(hourOf(now), -1);
  const oldest = hourAfter(newest, 1 - reach);
  const wanted = counted === undefined ? hourAfter(hourOf(firstPossible), -1) : hourAfter(counted);
  const first = wanted > oldest ? wanted : oldest;
  return Array.from({ length: Math.max(0, hoursBetween(first, newest) + 1) }, (_, index) => hourAfter(first, index));
}
