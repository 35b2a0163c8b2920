/** What waits for its click is judged again for this long, counted from receipt. */
export const unmatchedMilliseconds = 60 * 60 * 1000;

/** The queue keeps a click this long: a genuine click ID of that age may still find its click. */
export const clickWaitMilliseconds = 4 * 24 * 60 * 60 * 1000;

/** Deliveries after which a message that storage keeps refusing is put aside: some two hours. SQS itself would act at 20. */
export const maximumDeliveries = 15;

const firstSeconds = 5;
const longestSeconds = 900;

/**
 * Seconds until the next try: 5, 10, 20 … 900, each shortened by up to a fifth so that what failed together does not return together.
 * @param deliveries how often the message was delivered, this time included
 * @param chance a number from 0 to 1
 */
export function backoffSeconds(deliveries: number, chance: number): number {
  const full = Math.min(longestSeconds, firstSeconds * 2 ** Math.min(20, deliveries - 1));
  return Math.max(1, Math.round(full * (1 - chance / 5)));
}

/** The same for a postback that waits for its click: never past the end of its hour. */
export function unmatchedSeconds(deliveries: number, chance: number, waitedMilliseconds: number): number {
  const left = Math.ceil((unmatchedMilliseconds - waitedMilliseconds) / 1000);
  return Math.max(1, Math.min(backoffSeconds(deliveries, chance), left));
}
