import { offsetAt } from '../values/time-zone';
import { quarterMilliseconds } from '../facts/columns';

/** From this quarter on, and up to the next segment, the clocks of a zone are `offset` quarters ahead of UTC. */
export interface ZoneSegment {
  readonly first: number;
  readonly offset: number;
}

/** Quarters of a day that has 24 hours. */
export const quartersOfDay = 96;

/** The offset of a zone at a quarter of UTC, in quarters. Since 2020 every zone in use is a multiple of a quarter away from UTC. */
export function quarterOffset(quarter: number, timeZone: string): number {
  return Math.round(offsetAt(quarter * quarterMilliseconds, timeZone) / quarterMilliseconds);
}

/** The stretches of one offset that make up a range of quarters, both ends included. */
export function segmentsOf(timeZone: string, first: number, last: number): readonly ZoneSegment[] {
  const segments: ZoneSegment[] = [{ first, offset: quarterOffset(first, timeZone) }];
  for (let start = first; start < last; start += quartersOfDay) {
    const end = Math.min(start + quartersOfDay, last);
    const before = quarterOffset(start, timeZone);
    const after = quarterOffset(end, timeZone);
    if (before !== after) segments.push({ first: changeBetween(start, end, timeZone), offset: after });
  }
  return segments;
}

/** The first quarter that has the offset of `end`; no zone changes its clocks twice within a day. */
function changeBetween(start: number, end: number, timeZone: string): number {
  const after = quarterOffset(end, timeZone);
  let [low, high] = [start, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (quarterOffset(middle, timeZone) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** No clock is further ahead of UTC. */
const furthestAhead = 14 * 4;

/**
 * The quarter of UTC at which a day begins in a zone: its midnight, or the end of the change of clocks that left midnight out.
 * @param day days since 1970
 */
export function startOfDay(day: number, timeZone: string): number {
  const midnight = day * quartersOfDay;
  let quarter = midnight - furthestAhead;
  while (quarter + quarterOffset(quarter, timeZone) < midnight) quarter += 1;
  return quarter;
}

/** The day that the clocks of a zone show, in days since 1970. */
export function dayAt(quarter: number, timeZone: string): number {
  return Math.floor((quarter + quarterOffset(quarter, timeZone)) / quartersOfDay);
}
