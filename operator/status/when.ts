import { spans, type Occurrences } from './picture';

const minuteMilliseconds = 60_000;
/** AWS metrics arrive some minutes late: a shorter pause is no end. */
const quietMinutes = 5;

/** Whether nothing was counted in the last minutes before the picture. */
export function isOver({ last }: Occurrences, at: string): boolean {
  return Date.parse(at) - Date.parse(last) > quietMinutes * minuteMilliseconds;
}

/** `since 13:38, last at 13:41 UTC`, or `from 13:38 until 13:41 UTC` if it is over. */
export function whenText(occurrences: Occurrences, at: string, ended = isOver(occurrences, at)): string {
  const [first, last] = [occurrences.first, occurrences.last].map((time) => time.slice(11, 16));
  const reach = Date.parse(at) - Math.max(...spans) * minuteMilliseconds;
  // A picture covers an hour: earlier troubles show their first count within it.
  const from = Date.parse(occurrences.first) - reach < 2 * minuteMilliseconds ? `${first} or earlier` : first;
  return ended ? `from ${from} until ${last} UTC` : `since ${from}, last at ${last} UTC`;
}
