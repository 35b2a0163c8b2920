import { quarterMilliseconds } from '../../lambdas/domain/facts/columns';
import { readFilters } from '../../lambdas/domain/reports/filter';
import { groups, isTimeGroup, type Group, type TimeGroup } from '../../lambdas/domain/reports/groups';
import { startOfDay } from '../../lambdas/domain/reports/zone-segments';
import type { Report, ReportRow } from './ask-report';

/** The query of `GET /conversions` for the conversions behind a row of a report. */
export interface RowsBehind {
  readonly by: string;
  readonly filter: string;
  /** ISO 8601, both included. */
  readonly since: string;
  readonly until: string;
}

/** The statuses that `conversions` and `revenue` include. */
const countedStatuses = 'status:approved|pending';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the query for the conversions behind a row of a report, or behind its total.
 * @param filter of the report
 * @returns `undefined` where no list has them: bookings count changes, only reports know countries, and a weekday is not one period
 */
export function rowsBehind(
  { period, groups: own }: Pick<Report, 'period' | 'groups'>,
  { group = {}, other }: ReportRow,
  filter = '',
): RowsBehind | undefined {
  if (period.by === 'booked' || other === true) return undefined;
  const whole = { start: Date.parse(period.from), end: Date.parse(period.to) };
  const conditions = filter === '' ? [] : [filter];
  let stretch: Stretch = whole;
  for (const name of own) {
    const field = groups.find((one) => one === name);
    if (field === undefined) return undefined;
    if (!Object.hasOwn(group, name)) continue;
    const value = group[name] ?? null;
    if (isTimeGroup(field)) {
      const part = value === null ? undefined : stretchOfLabel(field, value, period.timezone);
      if (part === undefined) return undefined;
      stretch = { start: Math.max(stretch.start, part.start), end: Math.min(stretch.end, part.end) };
    } else {
      conditions.push(conditionOfValue(field, value));
    }
  }
  const text = [...conditions, countedStatuses].join(',');
  const reading = readFilters(text);
  if (!reading.ok || reading.filters.some(({ field }) => field === 'country')) return undefined;
  return {
    by: period.by,
    filter: text,
    since: new Date(stretch.start).toISOString(),
    until: new Date(stretch.end - 1).toISOString(),
  };
}

/** `source:news`; an unknown value is an empty one. */
export function conditionOfValue(field: Group, value: string | null): string {
  return `${field}:${(value ?? '').replace(/[%,|]/g, (letter) => encodeURIComponent(letter))}`;
}

const dayMilliseconds = 86_400_000;
const hourMilliseconds = 3_600_000;

/** Returns beginning and end of a label in its zone; `undefined` for recurring times such as a weekday. */
function stretchOfLabel(group: TimeGroup, label: string, timeZone: string): Stretch | undefined {
  if (group === 'hour') return { start: Date.parse(label), end: Date.parse(label) + hourMilliseconds };
  const days = daysOfLabel(group, label);
  if (days === undefined) return undefined;
  const begin = (day: number): number => startOfDay(day, timeZone) * quarterMilliseconds;
  return { start: begin(days.first), end: begin(days.after) };
}

/** Days since 1970: the first day of a label, and the day after its last. */
function daysOfLabel(group: TimeGroup, label: string): { readonly first: number; readonly after: number } | undefined {
  const dayOf = (milliseconds: number): number => Math.floor(milliseconds / dayMilliseconds);
  if (group === 'day') {
    const first = dayOf(Date.parse(label));
    return { first, after: first + 1 };
  }
  if (group === 'month') {
    const [year = 0, month = 1] = label.split('-').map(Number);
    return { first: dayOf(Date.UTC(year, month - 1, 1)), after: dayOf(Date.UTC(year, month, 1)) };
  }
  if (group !== 'week') return undefined;
  const [, year, week] = /^(\d{4})-W(\d\d)$/.exec(label) ?? [];
  if (year === undefined || week === undefined) return undefined;
  // The fourth of January is in the first week, which begins on a Monday.
  const fourth = dayOf(Date.UTC(Number(year), 0, 4));
  const monday = fourth - ((fourth + 3) % 7) + (Number(week) - 1) * 7;
  return { first: monday, after: monday + 7 };
}
