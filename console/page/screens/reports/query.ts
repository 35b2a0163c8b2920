import * as v from 'valibot';
import { groups, isTimeGroup, type Group } from '../../../../lambdas/domain/reports/groups';
import { metrics as allMetrics } from '../../../../lambdas/domain/reports/metrics';
import { conditionOfValue } from '../../../../operator/report/rows-behind';
import type { Query } from '../../api/query';
import { conditionList, conditionsOf } from '../../state/conditions';
import { text, word } from '../../state/parameters';

export const shownMetrics = ['clicks', 'conversions', 'cr', 'revenue', 'cost', 'profit', 'roi', 'epc'] as const;
export const chartable = ['clicks', 'conversions', 'revenue', 'cost', 'profit'] as const;

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));

export const fields = {
  group: v.pipe(
    v.string(),
    v.check((names) => groupsOf(names).length > 0),
  ),
  days: v.pipe(v.string(), v.regex(/^\d{1,3}$/)),
  from: day,
  to: day,
  timezone: text,
  by: word(['click', 'conversion', 'booked']),
  filter: conditionList,
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  sort: v.pipe(
    v.string(),
    v.check((name) => [...allMetrics, ...groups].some((one) => one === name.replace(/^-/, ''))),
  ),
  chart: word(chartable),
  compare: word(['1']),
};

export type ReportState = { readonly [Name in keyof typeof fields]?: string };

export const defaultDays = '7';

export function groupsOf(names: string): readonly Group[] {
  return names.split(',').flatMap((name) => groups.filter((one) => one === name.trim()));
}

export interface ReportDays {
  readonly from: string;
  readonly to: string;
}

const dayMilliseconds = 86_400_000;

/** The days of a report: those that are named, or the last ones until today in its zone. */
export function daysOf(state: ReportState, now: number): ReportDays {
  if (state.from !== undefined && state.to !== undefined) return { from: state.from, to: state.to };
  const timeZone = state.timezone ?? 'UTC';
  const to = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  return { from: shifted(to, 1 - Number(state.days ?? defaultDays)), to };
}

/** The same number of days just before. */
export function daysBefore({ from, to }: ReportDays): ReportDays {
  const length = Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds) + 1;
  return { from: shifted(from, -length), to: shifted(to, -length) };
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
}

export function queryOf(state: ReportState, { from, to }: ReportDays): Query {
  const { group = 'day', timezone = 'UTC', by, filter, currency, sort } = state;
  return {
    from,
    to,
    timezone,
    by,
    group: groupsOf(group).join(','),
    filter,
    currency,
    sort,
    metrics: shownMetrics.join(','),
    limit: 200,
  };
}

/** A report as the API keeps it under a name: the address without what is only of this screen. */
export function savedContent({ from, to, days, ...state }: ReportState): Readonly<Record<string, string | undefined>> {
  const { timezone = 'UTC', by, group = 'day', filter, currency, sort } = state;
  const period = from !== undefined && to !== undefined ? { from, to } : { days: days ?? defaultDays };
  return { ...period, timezone, by, group, filter, currency, sort };
}

/**
 * The address of a saved report; `undefined` where its period has times of day, since the screen shows whole days.
 * @param today the last day of a report that names its first one alone
 */
export function savedQuery(document: Readonly<Record<string, unknown>>, today: string): ReportState | undefined {
  const saved: Record<string, string> = {};
  for (const [name, schema] of Object.entries(fields)) {
    const value = document[name];
    if (value === undefined) continue;
    const reading = v.safeParse(schema, value);
    if (reading.success) saved[name] = reading.output;
    else if (name === 'from' || name === 'to') return undefined;
  }
  const { from, to, days = defaultDays } = saved;
  if (from !== undefined) return savedContent({ to: today, ...saved });
  return savedContent(to === undefined ? saved : { ...saved, from: shifted(to, 1 - Number(days)) });
}

/** The group after the choice of one value: the question that usually follows. */
const next: Readonly<Partial<Record<Group, Group>>> = {
  campaign: 'source',
  source: 'sub1',
  integration: 'campaign',
  offer: 'source',
  country: 'device',
  device: 'os',
  month: 'day',
  week: 'day',
};

/** The report that one value of a group leads to; `undefined` where there is nothing to narrow by. */
export function drillDown(state: ReportState, group: Group, value: string | null): ReportState | undefined {
  if (isTimeGroup(group)) {
    if (group !== 'day' || value === null) return undefined;
    return { ...state, days: undefined, from: value, to: value, group: 'hour', sort: undefined };
  }
  return {
    ...state,
    filter: [...conditionsOf(state.filter), conditionOfValue(group, value)].join(','),
    group: next[group] ?? 'day',
    sort: undefined,
  };
}
