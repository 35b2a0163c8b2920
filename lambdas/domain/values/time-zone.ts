/** Making one takes longer than everything else that is done with a postback, so that each zone's is made once. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** Whether this is the name of an IANA time zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment at which the clocks of a zone show a time. An hour that they show twice is the first of the two.
 * @param local the time shown, in milliseconds since 1970 as if it were UTC
 */
export function localToUtc(local: number, timeZone: string): number {
  if (timeZone === 'UTC' || Number.isNaN(local)) return local;
  // The offset a day before and a day after: one of the two holds, and the earlier moment that shows the time counts.
  const moments = [-dayMilliseconds, dayMilliseconds].map((away) => local - offsetAt(local + away, timeZone));
  const shown = moments.filter((moment) => moment + offsetAt(moment, timeZone) === local);
  return Math.min(...(shown.length > 0 ? shown : moments));
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Milliseconds that a zone's clocks are ahead of UTC. */
export function offsetAt(moment: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(moment / 1000) * 1000;
}
