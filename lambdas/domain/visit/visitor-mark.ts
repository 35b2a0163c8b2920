import { hmacOf } from '../text/hmac';

const markBytes = 8;

/** Bytes of the random key of a day. */
export const visitorKeyBytes = 32;

/** The UTC day of a moment, such as `2026-11-23`: marks of two days cannot be compared. */
export function visitorDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Milliseconds since 1970 from which the key of a day is thrown away: the second midnight after it began. */
export function visitorKeyEndsAt(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + 2 * 24 * 60 * 60 * 1000;
}

/**
 * Returns the common mark of one machine's visits on one day. The address cannot be computed from it after the key of the day is gone, and
 * without the key no one can find whose mark it is.
 */
export function visitorMark(key: Uint8Array, address: string, userAgent: string | undefined): string {
  const mark = hmacOf(key, `${address}\n${userAgent ?? ''}`);
  return mark.subarray(0, markBytes).toString('base64url');
}
