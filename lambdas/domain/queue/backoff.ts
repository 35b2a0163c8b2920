const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * Maximum duration of rejections by storage before a message becomes a dead letter: an outage of four days, and a day to process the
 * backlog. It is counted from the first sending, so that no number of deliveries ends it early.
 */
export const giveUpMilliseconds = 5 * day;

/** The wait of a postback for its click where storage is healthy: twice the longest pause between two tries of a click. */
export const unmatchedMilliseconds = hour;

const firstSeconds = 5;
const longestSeconds = 30 * 60;
/** The part of a pause that chance may take off: messages that failed together come back up to ten minutes apart. */
const variedPart = 1 / 3;

/**
 * Seconds until the next try: 5, 10, 20 … 1,800, each shortened by up to a third.
 * @param deliveries how often the message was delivered, this time included
 * @param chance a number from 0 to 1
 */
export function backoffSeconds(deliveries: number, chance: number): number {
  const full = Math.min(longestSeconds, firstSeconds * 2 ** Math.min(20, Math.max(0, deliveries - 1)));
  return Math.max(1, Math.round(full * (1 - chance * variedPart)));
}

/** The same for a postback that waits for its click: never past the end of its patience. */
export function unmatchedSeconds(deliveries: number, chance: number, leftMilliseconds: number): number {
  return Math.max(1, Math.min(backoffSeconds(deliveries, chance), Math.ceil(leftMilliseconds / 1000)));
}

/** Whether storage has rejected a message for so long that a person must look at it. */
export function isGivenUp(milliseconds: number): boolean {
  return milliseconds > giveUpMilliseconds;
}

/** A reversal without its sale is judged again after these: by then every sale that was being judged beside it is written. */
export const secondLookSeconds = 60;

/** Fewer deliveries prove nothing: a queue that delivers at least once counts some of them twice. */
const fewestUnspaced = 10;

/**
 * Whether a message came back sooner than its pauses allow: only a function that died, or never ran, leaves a try unspaced. The last
 * pause does not count, since patience may have cut it short.
 * @param milliseconds since this message was sent
 */
export function cameBackUnspaced(deliveries: number, milliseconds: number): boolean {
  if (deliveries < fewestUnspaced) return false;
  let earliest = 0;
  for (let delivery = 1; delivery < deliveries - 1; delivery++) earliest += backoffSeconds(delivery, 1);
  return milliseconds < earliest * 1000;
}
