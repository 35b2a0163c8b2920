import { zero } from '../values/amount';
import { isTimeGroup, timeLabel, type Group } from './groups';
import { measureOf, revenueOf, type Measure } from './measures';
import { isMetric, timeShares, type Metric } from './metrics';
import { addMoney, decimalsOf, unitsOf, type Money, type MoneyText } from './money';
import { reportNotes } from './notes';
import type { ReportQuery } from './report-query';
import type { Purses, Tallies, Tally } from './tally';

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
  const sorted = sortedRows(query, tallies);
  const limit = query.limit ?? sorted.length;
  const others = sorted.slice(limit);
  const shown = sorted.slice(0, limit).map((tally) => reportRowOf(query, tally));
  const other = others.length === 0 ? [] : [otherRow(query, others)];
  return {
    rows: query.groups.length === 0 ? [] : [...shown, ...other],
    total: reportTotalOf(query, tallies.total),
    notes: reportNotes(query, tallies, others.length > 0),
  };
}

function groupOf({ groups, timezone }: ReportQuery, values: Tally['values']): ReportRow['group'] {
  return Object.fromEntries(
    groups.map((group, index) => {
      const value = values[index] ?? null;
      if (value === null) return [group, null];
      return [group, isTimeGroup(group) ? timeLabel(group, Number(value), timezone) : String(value)];
    }),
  );
}

/** Returns the counts of one group as a row of the report. */
export function reportRowOf(query: ReportQuery, tally: Tally): ReportRow {
  return { group: groupOf(query, tally.values), ...reportTotalOf(query, tally) };
}

export function reportTotalOf({ metrics }: ReportQuery, tally: Tally): Report['total'] {
  const notConverted = notConvertedOf(tally);
  return {
    measures: Object.fromEntries(metrics.map((metric) => [metric, measureOf(metric, tally)])),
    ...(Object.keys(notConverted).length > 0 && { notConverted }),
  };
}

function notConvertedOf({ notConverted }: Tally): NotConverted {
  const texts = {
    revenue: decimalsOf(addMoney(notConverted.approved, notConverted.pending)),
    revenueApproved: decimalsOf(notConverted.approved),
    cost: decimalsOf(notConverted.cost),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, money]) => Object.keys(money).length > 0));
}

function otherRow(query: ReportQuery, others: readonly Tally[]): ReportRow {
  const sumOf = (count: (tally: Tally) => number): number => others.reduce((all, tally) => all + count(tally), 0);
  const purses = (of: 'money' | 'notConverted'): Purses => ({
    approved: sumMoney(others, (tally) => tally[of].approved),
    pending: sumMoney(others, (tally) => tally[of].pending),
    cost: sumMoney(others, (tally) => tally[of].cost),
  });
  const tally: Tally = {
    values: [],
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
    soon: Object.fromEntries(timeShares.map((share) => [share, sumOf(({ soon }) => soon[share] ?? 0)])),
  };
  return { group: groupOf(query, []), other: true, ...reportTotalOf(query, tally) };
}

function sumMoney(tallies: readonly Tally[], moneyOf: (tally: Tally) => Money): Money {
  const sum = new Map<string, bigint>();
  for (const tally of tallies) {
    for (const [currency, value] of moneyOf(tally)) sum.set(currency, (sum.get(currency) ?? 0n) + value);
  }
  return sum;
}

/** By the requested order, then by the values of the groups: the same answer has the same order. */
function sortedRows(query: ReportQuery, { rows, total }: Tallies): readonly Tally[] {
  const { by, descending } = query.order;
  const compareByGroups = (left: Tally, right: Tally): number =>
    left.values.reduce<number>((found, value, index) => found || compareValues(value, right.values[index]), 0);
  if (isMetric(by)) {
    // The sort key is computed once for each row, and not for each comparison.
    const ranked = rows.map((tally) => ({ tally, rank: rankOf(by, tally, total) }));
    ranked.sort(
      (left, right) => compareRanks(left.rank, right.rank, descending) || compareByGroups(left.tally, right.tally),
    );
    return ranked.map(({ tally }) => tally);
  }
  const at = query.groups.indexOf(by);
  const sign = descending ? -1 : 1;
  return [...rows].sort(
    (left, right) => compareValues(left.values[at], right.values[at]) * sign || compareByGroups(left, right),
  );
}

type Rank = readonly (bigint | number | undefined)[];

/** Returns the sort key of a metric: money by the first currency of the total in alphabetical order, then by the next. */
function rankOf(metric: Metric, tally: Tally, total: Tally): Rank {
  const measure = measureOf(metric, tally);
  if (measure === null) return [undefined];
  if (typeof measure === 'number') return [measure];
  const currencies = [...new Set([...revenueOf(total).keys(), ...total.money.cost.keys()])].sort();
  return currencies.map((currency) => unitsOf(measure[currency] ?? zero));
}

/** Compares sort keys; a missing value comes last in either direction. */
function compareRanks(left: Rank, right: Rank, descending: boolean): number {
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

/** Compares values; an unknown one comes last. */
function compareValues(left: RankValue, right: RankValue): number {
  if (left === right) return 0;
  if (left == null) return 1;
  if (right == null) return -1;
  return left < right ? -1 : 1;
}
