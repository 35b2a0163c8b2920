import type { Fact, Facts } from './facts';
import { naiveCharges, type Charges, type NamedCost } from './naive-costs';
import { dateAt, labelOf } from './naive-labels';
import { addTo, converted, naiveRatio, sharedSums, shownSums, type DayMoney, type NamedRates } from './naive-money';

/** A condition on a column; a value that is not known is an empty text. */
export interface NaiveCondition {
  readonly field: string;
  readonly test: 'is' | 'is not' | 'contains';
  readonly values: readonly string[];
}

/** What a report is asked for. */
export interface NaiveQuestion {
  /** Dates of the time zone, both included, or milliseconds since 1970, the second excluded. */
  readonly from: number | string;
  readonly to: number | string;
  readonly timezone: string;
  readonly by: 'click' | 'conversion' | 'booked';
  readonly groups: readonly string[];
  readonly conditions?: readonly NaiveCondition[];
  readonly costs?: readonly NamedCost[];
  readonly currency?: string;
  readonly rates?: readonly NamedRates[];
  /** All of them where there are none. They decide which groups have anything to show. */
  readonly metrics?: readonly string[];
  /** Of rows that meet all that, those of which this is true. */
  keeps?(group: Readonly<Record<string, string | null>>): boolean;
}

interface Pile {
  readonly group: Readonly<Record<string, string | null>>;
  readonly clicks: Fact[];
  readonly conversions: Fact[];
}

const quarter = 900_000;

/** A report as one would work it out by hand, row by row. It shares no code with the product. */
export function naiveReport(facts: Facts, question: NaiveQuestion) {
  const piles = new Map<string, Pile>();
  const all: Pile = { group: {}, clicks: [], conversions: [] };
  const { groups, timezone, conditions = [], keeps = () => true } = question;
  const charges = naiveCharges(facts, question.costs ?? []);
  const put = (row: Fact, kind: 'clicks' | 'conversions', column: string): void => {
    const time = Number(row[column]) * quarter;
    if (row['test'] === true || !isInside(time, question) || !conditions.every((one) => meets(one, row, kind))) return;
    const group = Object.fromEntries(groups.map((name) => [name, labelOf(name, row, time, timezone)]));
    if (!keeps(group)) return;
    const key = JSON.stringify(group);
    const pile = piles.get(key) ?? { group, clicks: [], conversions: [] };
    piles.set(key, pile);
    for (const one of [pile, all]) one[kind].push(row);
  };
  for (const click of facts.clicks) put(click, 'clicks', 'click_quarter');
  for (const change of facts.conversions) put(change, 'conversions', `${question.by}_quarter`);
  const rows = [...piles.values()]
    .map((pile) => ({ group: pile.group, ...measured(pile, charges, question) }))
    .filter(({ isSomething }) => isSomething)
    .map(({ group, measures, notConverted }) => ({ group, measures, ...(notConverted && { notConverted }) }));
  const { measures: total, notConverted } = measured(all, charges, question);
  return { rows: groups.length === 0 ? [] : rows, total, ...(notConverted && { notConverted }) };
}

function isInside(time: number, { from, to, timezone }: NaiveQuestion): boolean {
  const isFrom = typeof from === 'number' ? time >= from : dateAt(time, timezone) >= from;
  return isFrom && (typeof to === 'number' ? time < to : dateAt(time, timezone) <= to);
}

/** What only conversions have is no condition on clicks. */
function meets({ field, test, values }: NaiveCondition, row: Fact, kind: 'clicks' | 'conversions'): boolean {
  if (kind === 'clicks' && (field === 'event' || field === 'status')) return true;
  const value = String(row[field] ?? '');
  if (test === 'contains') return values.some((text) => value.includes(text));
  return values.includes(value) === (test === 'is');
}

const costMetrics = ['cost', 'profit', 'roi', 'cpc', 'cpa'];

function measured({ clicks, conversions }: Pile, charges: Charges, question: NaiveQuestion) {
  const { by, currency, rates = [], metrics } = question;
  const people = clicks.filter((row) => row['bot'] === false);
  const real = conversions.filter((row) => row['bot'] === false);
  const standing = real.filter((row) => row['status'] === 'approved' || row['status'] === 'pending');
  const counted = (status: string): number =>
    real.filter((row) => row['status'] === status).reduce((sum, row) => sum + Number(row['count']), 0);
  const earned = (status: string): readonly DayMoney[] =>
    real
      .filter((row) => row['status'] === status)
      .map((row) => ({
        code: String(row['currency'] ?? 'XXX'),
        units: BigInt(String(row['amount'] ?? 0)) * 1_000_000n,
        date: utcDateOf(row, `${by}_quarter`),
      }));
  const spent = (rows: readonly Fact[], column: string): readonly DayMoney[] =>
    rows.flatMap((row) =>
      [...(charges.get(row) ?? [])].map(([code, units]) => ({ code, units, date: utcDateOf(row, column) })),
    );
  const asksCosts = metrics === undefined || metrics.some((metric) => costMetrics.includes(metric));
  const asksBots = metrics === undefined || metrics.includes('botClicks');
  const costs = asksCosts ? [...spent(people, 'click_quarter'), ...spent(real, `${by}_quarter`)] : [];
  const [approvedMoney, pendingMoney, costMoney] = [earned('approved'), earned('pending'), costs].map((money) =>
    converted(money, currency, rates),
  );
  const [approved, pending, rejected, reversed] = ['approved', 'pending', 'rejected', 'reversed'].map(counted);
  if (approvedMoney === undefined || pendingMoney === undefined || costMoney === undefined) throw new Error();
  if (approved === undefined || pending === undefined || rejected === undefined || reversed === undefined)
    throw new Error();
  const both = (left: ReadonlyMap<string, bigint>, right: ReadonlyMap<string, bigint>, sign = 1n) => {
    const sums = new Map(left);
    for (const [code, units] of right) addTo(sums, code, sign * units);
    return sums;
  };
  const revenue = both(approvedMoney.sums, pendingMoney.sums);
  const cost = costMoney.sums;
  const profit = both(revenue, cost, -1n);
  const involved = [...new Set([...revenue, ...cost].filter(([, sum]) => sum !== 0n).map(([code]) => code))];
  const [only = ''] = involved;
  const conversionCount = approved + pending;
  const visitors = people
    .filter((row) => row['visitor'] !== null)
    .map((row) => `${row['campaign']} ${utcDateOf(row, 'click_quarter')} ${row['visitor']}`);
  const measures = {
    clicks: people.length,
    botClicks: clicks.length - people.length,
    uniqueClicks: new Set(visitors).size,
    conversions: conversionCount,
    approved,
    pending,
    rejected,
    reversed,
    revenue: shownSums(revenue),
    revenueApproved: shownSums(approvedMoney.sums),
    cost: shownSums(cost),
    profit: shownSums(profit),
    roi: involved.length !== 1 || !cost.get(only) ? null : naiveRatio(profit.get(only) ?? 0n, cost.get(only) ?? 0n),
    cr: people.length === 0 ? null : naiveRatio(BigInt(conversionCount), BigInt(people.length)),
    epc: people.length === 0 ? null : sharedSums(revenue, people.length),
    cpc: people.length === 0 ? null : sharedSums(cost, people.length),
    cpa: conversionCount === 0 ? null : sharedSums(cost, conversionCount),
    medianSecondsToConversion: medianOf(standing),
    ...sharesOf(standing),
  };
  const left = { revenue: both(approvedMoney.left, pendingMoney.left), revenueApproved: approvedMoney.left };
  const notConverted = Object.entries({ ...left, cost: costMoney.left })
    .map(([name, sums]) => [name, shownSums(sums)] as const)
    .filter(([, sums]) => Object.keys(sums).length > 0);
  const money = [approvedMoney, pendingMoney, costMoney].flatMap(({ sums, left: own }) => [
    ...sums.values(),
    ...own.values(),
  ]);
  return {
    measures,
    ...(notConverted.length > 0 && { notConverted: Object.fromEntries(notConverted) }),
    isSomething:
      people.length > 0 ||
      (asksBots && clicks.length > 0) ||
      [approved, pending, rejected, reversed].some((count) => count !== 0) ||
      money.some((units) => units !== 0n),
  };
}

function utcDateOf(row: Fact, column: string): string {
  return new Date(Number(row[column]) * quarter).toISOString().slice(0, 10);
}

function medianOf(rows: readonly Fact[]): number | null {
  const standing = new Map<number, number>();
  for (const row of rows) {
    const seconds = Number(row['seconds']);
    standing.set(seconds, (standing.get(seconds) ?? 0) + Number(row['count']));
  }
  const all = [...standing]
    .flatMap(([seconds, times]) => Array.from({ length: Math.max(0, times) }, () => seconds))
    .sort((left, right) => left - right);
  const [low, high] = [all[Math.ceil(all.length / 2) - 1], all[Math.floor(all.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Shares of conversions by the time from their click. */
function sharesOf(rows: readonly Fact[]) {
  const countOf = (seconds: number): number =>
    rows.filter((row) => Number(row['seconds']) < seconds).reduce((sum, row) => sum + Number(row['count']), 0);
  const all = countOf(Infinity);
  const share = (seconds: number): number | null =>
    all <= 0 ? null : naiveRatio(BigInt(countOf(seconds)), BigInt(all));
  return {
    under1Minute: share(60),
    under5Minutes: share(5 * 60),
    under1Hour: share(60 * 60),
    under1Day: share(24 * 60 * 60),
    under7Days: share(7 * 24 * 60 * 60),
  };
}
