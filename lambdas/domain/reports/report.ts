import type { Group } from './groups';
import { measureOf, revenueOf, type Measure, type MoneyText } from './measures';
import { isMetric, type Metric } from './metrics';
import { addMoney, millionthsOf, moneyText, type Money } from './millionths';
import { notesOf } from './notes';
import type { ReportQuery } from './report-query';
import type { Purse, Tallies, Tally } from './tally';

/** Money that no rate was there for, in its own currency; it is in no other number. */
interface NotConverted {
  readonly revenue?: MoneyText;
  readonly revenueApproved?: MoneyText;
  readonly cost?: MoneyText;
}

type Measures = Readonly<Partial<Record<Metric, Measure>>>;

export interface ReportRow {
  readonly group: Readonly<Partial<Record<Group, string | null>>>;
  /** All groups beyond the limit, as one. */
  readonly other?: true;
  readonly measures: Measures;
  readonly notConverted?: NotConverted;
}

export interface Report {
  readonly rows: readonly ReportRow[];
  readonly total: Omit<ReportRow, 'group' | 'other'>;
  readonly notes: readonly string[];
}

/** The report that a query asks for, of what was counted. */
export function reportOf(query: ReportQuery, tallies: Tallies): Report {
  const sorted = [...tallies.rows].sort((left, right) => compare(left, right, query, tallies.total));
  const limit = query.limit ?? sorted.length;
  const others = sorted.slice(limit);
  const shown = sorted.slice(0, limit).map((tally) => ({
    group: groupOf(query, tally.group),
    ...valuesOf(query, tally),
  }));
  const other = others.length === 0 ? [] : [otherRow(query, others)];
  const { rows, total } = tallies;
  return {
    rows: query.groups.length === 0 ? [] : [...shown, ...other],
    total: valuesOf(query, total),
    notes: notesOf(query, { ...tallies, rows }, others.length > 0),
  };
}

function groupOf(query: ReportQuery, values: readonly (string | null)[]): ReportRow['group'] {
  return Object.fromEntries(query.groups.map((group, index) => [group, values[index] ?? null]));
}

function valuesOf({ metrics }: ReportQuery, tally: Tally): Report['total'] {
  const notConverted = notConvertedOf(tally);
  return {
    measures: Object.fromEntries(metrics.map((metric) => [metric, measureOf(metric, tally)])),
    ...(Object.keys(notConverted).length > 0 && { notConverted }),
  };
}

function notConvertedOf({ notConverted }: Tally): NotConverted {
  const texts = {
    revenue: moneyText(addMoney(notConverted.approved, notConverted.pending)),
    revenueApproved: moneyText(notConverted.approved),
    cost: moneyText(notConverted.cost),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, money]) => Object.keys(money).length > 0));
}

function otherRow(query: ReportQuery, others: readonly Tally[]): ReportRow {
  const sumOf = (count: (tally: Tally) => number): number => others.reduce((all, tally) => all + count(tally), 0);
  const moneyOf = (money: (tally: Tally) => Money): Money =>
    others.reduce<Money>((all, tally) => addMoney(all, money(tally)), new Map());
  const purses = (of: 'money' | 'notConverted'): Record<Purse, Money> => ({
    approved: moneyOf((tally) => tally[of].approved),
    pending: moneyOf((tally) => tally[of].pending),
    cost: moneyOf((tally) => tally[of].cost),
  });
  const tally: Tally = {
    group: [],
    rank: [],
    clicks: sumOf(({ clicks }) => clicks),
    botClicks: sumOf(({ botClicks }) => botClicks),
    uniqueClicks: undefined,
    unmarkedClicks: sumOf(({ unmarkedClicks }) => unmarkedClicks),
    unreadableCosts: sumOf(({ unreadableCosts }) => unreadableCosts),
    conversions: {
      approved: sumOf(({ conversions }) => conversions.approved),
      pending: sumOf(({ conversions }) => conversions.pending),
      rejected: sumOf(({ conversions }) => conversions.rejected),
      reversed: sumOf(({ conversions }) => conversions.reversed),
    },
    botConversions: sumOf(({ botConversions }) => botConversions),
    money: purses('money'),
    notConverted: purses('notConverted'),
    medianSeconds: undefined,
  };
  return { group: groupOf(query, []), other: true, ...valuesOf(query, tally) };
}

/** By the order that is asked for, then by the values of the groups: the same answer has the same order. */
function compare(left: Tally, right: Tally, query: ReportQuery, total: Tally): number {
  const { by, descending } = query.order;
  const first = isMetric(by)
    ? compareMeasures(rankOf(by, left, total), rankOf(by, right, total), descending)
    : compareValues(left.rank[query.groups.indexOf(by)], right.rank[query.groups.indexOf(by)]) * (descending ? -1 : 1);
  if (first !== 0) return first;
  return query.groups.reduce((found, _, index) => found || compareValues(left.rank[index], right.rank[index]), 0);
}

type Rank = readonly (bigint | number | undefined)[];

/** What a metric is sorted by: money by the first currency of the total in alphabetical order, then by the next. */
function rankOf(metric: Metric, tally: Tally, total: Tally): Rank {
  const measure = measureOf(metric, tally);
  if (measure === null) return [undefined];
  if (typeof measure === 'number') return [measure];
  const currencies = [...new Set([...revenueOf(total).keys(), ...total.money.cost.keys()])].sort();
  return currencies.map((currency) => millionthsOf(measure[currency] ?? '0'));
}

/** What has no value comes last, whichever way it is sorted. */
function compareMeasures(left: Rank, right: Rank, descending: boolean): number {
  for (const [index, mine] of left.entries()) {
    const theirs = right[index];
    if (mine === undefined || theirs === undefined) {
      if (mine === theirs) continue;
      return mine === undefined ? 1 : -1;
    }
    if (mine !== theirs) return mine < theirs === descending ? 1 : -1;
  }
  return 0;
}

type RankValue = string | number | null | undefined;

/** What is not known comes last. */
function compareValues(left: RankValue, right: RankValue): number {
  if (left === right) return 0;
  if (left == null) return 1;
  if (right == null) return -1;
  return left < right ? -1 : 1;
}
