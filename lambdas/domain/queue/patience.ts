import { giveUpMilliseconds, unmatchedMilliseconds } from './backoff';

/** A postback whose click ID is genuine and whose click storage does not have. */
export interface Unmatched {
  /** Time at which storage first answered that there is no such click. Milliseconds since 1970. */
  readonly since: number;
  /** Time at which the click ID was made. */
  readonly mintedAt: number;
  /** Whether storage was in trouble at any time while the postback waited: then its click may wait in the queue as well. */
  readonly troubled: boolean;
}

/** The longest that a postback waits for a click that was made before it came. */
export const longestPatienceMilliseconds = giveUpMilliseconds + unmatchedMilliseconds;

/**
 * Returns the time at which a postback stops waiting for its click. If storage was always healthy, an hour suffices to try every waiting
 * click again. Otherwise the postback waits for as long as the queue may still hold the click.
 */
export function patienceEndsAt({ since, mintedAt, troubled }: Unmatched): number {
  const healthy = since + unmatchedMilliseconds;
  return troubled ? Math.max(healthy, mintedAt + longestPatienceMilliseconds) : healthy;
}
