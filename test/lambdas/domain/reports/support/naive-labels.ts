import type { Fact } from './facts';

const quarter = 900_000;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What a row is called in a group, at the time that it is counted on. */
export function labelOf(name: string, row: Fact, time: number, timeZone: string): string | null {
  switch (name) {
    case 'day':
      return dateAt(time, timeZone);
    case 'month':
      return dateAt(time, timeZone).slice(0, 7);
    case 'weekday':
      return String(weekdays.indexOf(shownAt(time, timeZone)['weekday'] ?? '') + 1);
    case 'hourOfDay':
      return shownAt(time, timeZone)['hour'] ?? '';
    case 'week':
      return weekOf(dateAt(time, timeZone));
    case 'hour':
      return hourAt(time, timeZone);
    default: {
      const value = row[name] ?? null;
      return value === null ? null : String(value);
    }
  }
}

const shownDates = new Map<string, string>();

/** The date that the clocks of a zone show. */
export function dateAt(time: number, timeZone: string): string {
  const key = `${timeZone} ${time}`;
  const known = shownDates.get(key);
  if (known !== undefined) return known;
  const at = shownAt(time, timeZone);
  const date = `${at['year']}-${at['month']}-${at['day']}`;
  shownDates.set(key, date);
  return date;
}

function hourAt(time: number, timeZone: string): string {
  const at = shownAt(time, timeZone);
  let begin = time;
  while (isSameHour(shownAt(begin - quarter, timeZone), at)) begin -= quarter;
  const shown = shownAt(begin, timeZone);
  const offset = (at['timeZoneName'] ?? '').replace('GMT', '') || '+00:00';
  return `${dateAt(time, timeZone)}T${shown['hour']}:${shown['minute']}${offset}`;
}

function isSameHour(left: Record<string, string>, right: Record<string, string>): boolean {
  return (
    left['hour'] === right['hour'] && left['day'] === right['day'] && left['timeZoneName'] === right['timeZoneName']
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, as texts. */
function shownAt(time: number, timeZone: string): Record<string, string> {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'longOffset',
    });
  clocks.set(timeZone, clock);
  return Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
}

/** Counts weeks from the one that has the fourth of January. */
function weekOf(date: string): string {
  const mondayOf = (text: string): number => {
    const day = new Date(`${text}T00:00:00Z`);
    return day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000;
  };
  const year = [1, 0, -1]
    .map((away) => Number(date.slice(0, 4)) + away)
    .find((candidate) => mondayOf(`${candidate}-01-04`) <= mondayOf(date));
  const week = (mondayOf(date) - mondayOf(`${year}-01-04`)) / (7 * 86_400_000) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
