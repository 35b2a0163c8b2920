/**
 * A stream keeps a change for 24 hours. A row that was written twice as long ago has none on its way: what the facts lack of it now,
 * they lack for good. Only such rows are compared.
 */
export const quietMilliseconds = 48 * 60 * 60 * 1000;

/** A row that was written by then has no change on its way. */
export function quietBefore(startedAt: number): number {
  return startedAt - quietMilliseconds;
}

/** When a row that was written at a time may be compared, in milliseconds since 1970. */
export function quietAfter(writtenAt: number): number {
  return writtenAt + quietMilliseconds;
}
