const minute = 60_000;
const hour = 60 * minute;

/** A stream promises a change for 24 hours. One that comes later is not counted: only so does it end by when changes count. */
const countableMilliseconds = 24 * hour + 30 * minute;

/**
 * Minimum age of compared rows: an older row has no change that may still be counted, so that a missing change of it is lost. The count of
 * a batch ends within the half hour between.
 */
export const quietMilliseconds = 25 * hour;

/** Whether a change comes so late that a recount may have counted its row already. */
export function isLeftToRecount(writtenAt: number, now: number): boolean {
  return now - writtenAt > countableMilliseconds;
}

/** A row that was written by then has no change on its way. */
export function quietBefore(startedAt: number): number {
  return startedAt - quietMilliseconds;
}

/** Returns the time from which a row written at `writtenAt` may be compared, in milliseconds since 1970. */
export function quietAfter(writtenAt: number): number {
  return writtenAt + quietMilliseconds;
}
