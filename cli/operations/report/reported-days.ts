/** Formats a period as days of its time zone, both included; as moments if it does not begin and end at midnight. */
export function reportedDays(from: string, to: string, timezone: string): string {
  const [first, end] = [new Date(from), new Date(to)];
  const last = new Date(end.getTime() - 1);
  const [day, lastDay] = [dayOf(first, timezone), dayOf(last, timezone)];
  const isWhole = day !== dayOf(new Date(first.getTime() - 1), timezone) && lastDay !== dayOf(end, timezone);
  if (!isWhole) return `${minuteOf(from)} to ${minuteOf(to)}`;
  return day === lastDay ? day : `${day} to ${lastDay}`;
}

/** `2026-11-02`, the format of the Swedish locale. */
function dayOf(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

function minuteOf(time: string): string {
  return time.replace(/:00(?:\.000)?Z$/, 'Z');
}
