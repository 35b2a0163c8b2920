import type { Currency } from '../values/currency';
import { quarterOf } from '../facts/columns';
import type { Filter } from './filter';
import { isTimeGroup, type Group } from './groups';
import { isMetric, metrics as allMetrics, type Metric } from './metrics';
import { dayAt, startOfDay } from './zone-segments';

/** The date on which a conversion is counted. A click has only one. */
export const reportDates = ['click', 'conversion', 'booked'] as const;
type ReportDate = (typeof reportDates)[number];

/** One end of a period: a day of the zone, in days since 1970, or a quarter of UTC. */
export type PeriodEnd = { readonly day: number } | { readonly quarter: number };

export interface Order {
  readonly by: Metric | Group;
  readonly descending: boolean;
}

/** The parameters of a report, each read on its own. */
export interface ReportParameters {
  readonly from?: PeriodEnd | undefined;
  readonly to?: PeriodEnd | undefined;
  /** So many days before the end, in the place of a beginning. */
  readonly days?: number | undefined;
  readonly timezone?: string | undefined;
  readonly by?: ReportDate | undefined;
  readonly group?: readonly Group[] | undefined;
  readonly metrics?: readonly Metric[] | undefined;
  readonly filter?: readonly Filter[] | undefined;
  readonly currency?: Currency | undefined;
  readonly sort?: Order | undefined;
  readonly limit?: number | undefined;
}

/** A complete query. */
export interface ReportQuery {
  /** Quarters of UTC, both included. */
  readonly first: number;
  readonly last: number;
  readonly timezone: string;
  readonly by: ReportDate;
  readonly groups: readonly Group[];
  readonly metrics: readonly Metric[];
  readonly filters: readonly Filter[];
  /** The currency into which all money is converted; without one, currencies remain separate. */
  readonly currency?: Currency;
  readonly order: Order;
  readonly limit?: number;
}

/** The problems of parameters, by their names. */
interface ParameterProblems {
  readonly from?: string;
  readonly days?: string;
  readonly sort?: string;
}

export type ReportQueryReading =
  { readonly ok: true; readonly query: ReportQuery } | { readonly ok: false; readonly problems: ParameterProblems };

const defaultDays = 7;
export const maximumDays = 3660;

/** Combines the parameters: the default is the last 7 days of UTC by the date of the click, with every metric. */
export function resolveQuery(parameters: ReportParameters, now: number): ReportQueryReading {
  const { timezone = 'UTC', by = 'click', group = [], metrics = allMetrics, filter = [], limit } = parameters;
  if (parameters.from !== undefined && parameters.days !== undefined) {
    return { ok: false, problems: { days: 'must be omitted where "from" is given' } };
  }
  const period = periodOf(parameters, timezone, now);
  if (!('first' in period)) return { ok: false, problems: period };
  const order = parameters.sort ?? usualOrder(group, metrics);
  const isShown = isMetric(order.by) ? metrics.includes(order.by) : group.includes(order.by);
  if (!isShown) {
    const problem = `must be one of the metrics and groups that are asked for: ${[...metrics, ...group].join(', ')}`;
    return { ok: false, problems: { sort: problem } };
  }
  const { currency } = parameters;
  return {
    ok: true,
    query: {
      ...period,
      timezone,
      by,
      groups: group,
      metrics,
      filters: filter,
      ...(currency !== undefined && { currency }),
      order,
      ...(limit !== undefined && { limit }),
    },
  };
}

function periodOf(
  { from, to, days = defaultDays }: ReportParameters,
  timezone: string,
  now: number,
): { readonly first: number; readonly last: number } | ParameterProblems {
  const today = dayAt(quarterOf(now), timezone);
  // A day ends where the next one begins; a time is the end itself.
  const end =
    to === undefined ? startOfDay(today + 1, timezone) : 'day' in to ? startOfDay(to.day + 1, timezone) : to.quarter;
  const lastDay = dayAt(end - 1, timezone);
  const start =
    from === undefined
      ? startOfDay(lastDay - days + 1, timezone)
      : 'day' in from
        ? startOfDay(from.day, timezone)
        : from.quarter;
  if (start >= end) {
    return { from: to === undefined ? 'must not be in the future' : 'must be before to' };
  }
  if (end - start > maximumDays * 96) return { from: `must be at most ${maximumDays} days before to` };
  return { first: start, last: end - 1 };
}

/** Time runs down the page; other rows begin with those that have most. */
function usualOrder(groups: readonly Group[], metrics: readonly Metric[]): Order {
  const [first] = groups;
  if (first !== undefined && isTimeGroup(first)) return { by: first, descending: false };
  return { by: metrics[0] ?? 'clicks', descending: true };
}
