import type { RateOf } from './conversion-rates';
import { isTimeGroup, timeLabel } from './groups';
import { divided, noCurrency, type Money } from './millionths';
import type { ReportQuery } from './report-query';
import type { Spend } from './spend';
import { quartersOfDay } from './zone-segments';

/** One row of the engine's answer, its columns in the order that answer-sql.ts tells. */
export type AnswerRow = readonly (string | null)[];

const statuses = ['approved', 'pending', 'rejected', 'reversed'] as const;
type Status = (typeof statuses)[number];

/** The kinds of money that are added up, each for itself. */
export type Purse = 'approved' | 'pending' | 'cost';

/** What was counted of one group, or of all. */
export interface Tally {
  /** The values of the groups, as they are shown. */
  readonly group: readonly (string | null)[];
  /** What they are sorted by: times by what they are, not by how they are shown. */
  readonly rank: readonly (string | number | null)[];
  readonly clicks: number;
  readonly botClicks: number;
  /** `undefined` where it cannot be told, since it does not add up. */
  readonly uniqueClicks: number | undefined;
  /** Clicks whose visitor is not known. */
  readonly unmarkedClicks: number;
  readonly unreadableCosts: number;
  readonly conversions: Readonly<Record<Status, number>>;
  readonly botConversions: number;
  readonly money: Readonly<Record<Purse, Money>>;
  /** What no rate was there for, in its own currency. */
  readonly notConverted: Readonly<Record<Purse, Money>>;
  readonly medianSeconds: number | undefined;
}

export interface Tallies {
  readonly rows: readonly Tally[];
  readonly total: Tally;
  /** Documents that no click in their period matches. */
  readonly unspent: readonly string[];
}

/** Money that is converted is kept this much finer until all of it is added up: it is rounded once. */
const fineness = 10n ** 12n;

interface OpenTally {
  readonly group: readonly (string | null)[];
  readonly rank: readonly (string | number | null)[];
  readonly counts: {
    clicks: number;
    botClicks: number;
    uniqueClicks: number;
    unmarked: number;
    unreadable: number;
    bots: number;
  };
  readonly conversions: Record<Status, number>;
  readonly money: Record<Purse, Map<string, bigint>>;
  readonly notConverted: Record<Purse, Map<string, bigint>>;
  medianSeconds: number | undefined;
}

/** Adds up the rows of an answer by their groups, one after the other: there may be more than fit into memory. */
export interface Counting {
  add(row: AnswerRow): void;
  result(): Tallies;
}

export function startCounting(query: ReportQuery, spends: readonly Spend[], rateOf: RateOf | undefined): Counting {
  const total = newTally([], []);
  const groups = new Map<string, OpenTally>();
  const matched = new Set<number>();
  return {
    add(row) {
      if (row[0] === 'spent') matched.add(Number(row[7]));
      else addRow(row[1] === '0' ? tallyOf(row, groups, query) : total, row, query, spends, rateOf);
    },
    result: () => ({
      rows: [...groups.values()].map((tally) => closed(tally, query)).filter(isSomething),
      total: closed(total, query),
      unspent: spends.flatMap(({ id }, index) => (matched.has(index) ? [] : [id])),
    }),
  };
}

function newTally(group: OpenTally['group'], rank: OpenTally['rank']): OpenTally {
  const purses = (): Record<Purse, Map<string, bigint>> => ({
    approved: new Map(),
    pending: new Map(),
    cost: new Map(),
  });
  return {
    group,
    rank,
    counts: { clicks: 0, botClicks: 0, uniqueClicks: 0, unmarked: 0, unreadable: 0, bots: 0 },
    conversions: { approved: 0, pending: 0, rejected: 0, reversed: 0 },
    money: purses(),
    notConverted: purses(),
    medianSeconds: undefined,
  };
}

function tallyOf(row: AnswerRow, groups: Map<string, OpenTally>, query: ReportQuery): OpenTally {
  const values = query.groups.map((_, index) => row[2 + index] ?? null);
  const key = JSON.stringify(values);
  const known = groups.get(key);
  if (known !== undefined) return known;
  const rank = query.groups.map((group, index) => {
    const value = values[index] ?? null;
    return value !== null && isTimeGroup(group) ? Number(value) : value;
  });
  const shown = query.groups.map((group, index) => {
    const value = rank[index] ?? null;
    return typeof value === 'number' && isTimeGroup(group) ? timeLabel(group, value, query.timezone) : value;
  });
  const tally = newTally(
    shown.map((value) => (value === null ? null : String(value))),
    rank,
  );
  groups.set(key, tally);
  return tally;
}

function addRow(
  tally: OpenTally,
  row: AnswerRow,
  query: ReportQuery,
  spends: readonly Spend[],
  rateOf: RateOf | undefined,
): void {
  const [part, , , , , , , currency = null, dayQuarter = null, ...numbers] = row;
  const number = (index: number): bigint => BigInt(numbers[index] ?? '0');
  const count = (index: number): number => Number(number(index));
  const day = Number(dayQuarter ?? 0) / quartersOfDay;
  const add = (purse: Purse, code: string, millionths: bigint): void =>
    addMoneyTo(tally, purse, { code, millionths, day }, query, rateOf);

  switch (part) {
    case 'clicks':
      tally.counts.clicks += count(0);
      tally.counts.botClicks += count(1);
      tally.counts.uniqueClicks += count(2);
      tally.counts.unreadable += count(3);
      tally.counts.unmarked += count(5);
      break;
    case 'cost':
      add('cost', currency ?? noCurrency, number(4));
      break;
    case 'conversions':
      for (const [index, status] of statuses.entries()) tally.conversions[status] += count(index);
      tally.counts.bots += count(4);
      add('approved', currency ?? noCurrency, number(5));
      add('pending', currency ?? noCurrency, number(6));
      break;
    case 'median':
      if (numbers[0] != null) tally.medianSeconds = (count(0) + count(1)) / 2;
      break;
    case 'spend': {
      const spend = spends[Number(currency)];
      const places = number(2);
      if (spend === undefined || places === 0n) break;
      add('cost', spend.currency, number(0) * (spend.millionths / places) + number(1));
      break;
    }
    default:
      throw new Error(`the answer has a row of the part "${part ?? ''}"`);
  }
}

function addMoneyTo(
  { money, notConverted }: OpenTally,
  purse: Purse,
  { code, millionths, day }: { readonly code: string; readonly millionths: bigint; readonly day: number },
  { currency: target }: ReportQuery,
  rateOf: RateOf | undefined,
): void {
  if (millionths === 0n) return;
  const add = (to: Map<string, bigint>, name: string, value: bigint): void =>
    void to.set(name, (to.get(name) ?? 0n) + value);
  if (target === undefined) return add(money[purse], code, millionths);
  const rate = rateOf?.(code, day);
  if (rate === undefined) return add(notConverted[purse], code, millionths);
  add(money[purse], target, divided(millionths * fineness * rate.numerator, rate.denominator));
}

function closed(tally: OpenTally, { currency }: ReportQuery): Tally {
  const { group, rank, counts, conversions, money, notConverted, medianSeconds } = tally;
  const rounded = (purse: Purse): Money =>
    currency === undefined
      ? money[purse]
      : new Map([...money[purse]].map(([code, value]) => [code, divided(value, fineness)]));
  return {
    group,
    rank,
    clicks: counts.clicks,
    botClicks: counts.botClicks,
    uniqueClicks: counts.uniqueClicks,
    unmarkedClicks: counts.unmarked,
    unreadableCosts: counts.unreadable,
    conversions,
    botConversions: counts.bots,
    money: { approved: rounded('approved'), pending: rounded('pending'), cost: rounded('cost') },
    notConverted,
    medianSeconds,
  };
}

/** Whether anything of a group is left: what was said and taken back is not. */
function isSomething({ clicks, botClicks, conversions, money, notConverted }: Tally): boolean {
  const amounts = [...Object.values(money), ...Object.values(notConverted)].flatMap((one) => [...one.values()]);
  return (
    clicks !== 0 ||
    botClicks !== 0 ||
    Object.values(conversions).some((count) => count !== 0) ||
    amounts.some((amount) => amount !== 0n)
  );
}
