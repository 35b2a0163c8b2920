import type { RateOf } from './conversion-rates';
import { isTimeGroup } from './groups';
import { timeShares, type Metric } from './metrics';
import { chargeOf } from './cost-sql';
import { paysForConversions, type Costs } from './costs';
import { divided } from './millionths';
import { dividedMoney, noCurrency, unitsPerMillionth, type Money } from './money';
import type { ReportQuery } from './report-query';
import { quartersOfDay } from './zone-segments';

/** One row of the engine's answer, its columns in the order of answer-sql.ts. */
export type AnswerRow = readonly (string | null)[];

const statuses = ['approved', 'pending', 'rejected', 'reversed'] as const;
type Status = (typeof statuses)[number];

/** The kinds of money that are added up, each for itself. */
export type Purse = 'approved' | 'pending' | 'cost';

/** Sums of money by purse. */
export type Purses = Readonly<Record<Purse, Money>>;

/** The counts of one group, or of all. */
export interface Tally {
  /** The values of the groups as the engine has them: times as counts of quarters. */
  readonly values: readonly (string | number | null)[];
  readonly clicks: number;
  readonly botClicks: number;
  /** `undefined` where it is unknown, since it does not add up. */
  readonly uniqueClicks: number | undefined;
  /** Clicks whose visitor is not known. */
  readonly unmarkedClicks: number;
  readonly unreadableCosts: number;
  readonly conversions: Readonly<Record<Status, number>>;
  readonly botConversions: number;
  readonly money: Purses;
  /** Money without a rate, in its own currency. */
  readonly notConverted: Purses;
  readonly medianSeconds: number | undefined;
  /** Conversions that came sooner than the share of this name says; those of a share without any are absent. */
  readonly soon: Readonly<Partial<Record<Metric, number>>>;
}

export interface Tallies {
  readonly rows: readonly Tally[];
  readonly total: Tally;
  /** Documents that no click in their period matches. */
  readonly unspent: readonly string[];
  /** Whether conversions are paid for by a model. */
  readonly hasPaid: boolean;
}

/** Adds up the rows of an answer by their groups, one after the other: there may be more than fit into memory. */
export interface Counting {
  add(row: AnswerRow): void;
  /** Whether there are more groups than are kept and sorted in the memory of a small function: then the result lacks some. */
  isFull(): boolean;
  result(): Tallies;
}

const maximumTallies = 300_000;

export function startCounting(query: ReportQuery, costs: Costs, rateOf: RateOf | undefined): Counting {
  const total = newTally([]);
  const groups = new Map<string, OpenTally>();
  const matched = new Set<number>();
  return {
    add(row) {
      if (row[0] === 'spent') matched.add(Number(row[7]));
      else if (row[1] !== '0') addRow(total, row, query, costs, rateOf);
      else if (groups.size <= maximumTallies) addRow(tallyOf(row, groups, query), row, query, costs, rateOf);
    },
    isFull: () => groups.size > maximumTallies,
    result: () => ({
      rows: [...groups.values()].map((tally) => closed(tally, query)).filter((tally) => isSomething(tally, query)),
      total: closed(total, query),
      unspent: costs.spends.flatMap(({ id }, index) => (matched.has(index) ? [] : [id])),
      hasPaid: costs.models.some(paysForConversions),
    }),
  };
}

/** Money that is converted is kept this much finer until all of it is added up: it is rounded once. */
const fineness = 10n ** 12n;

type OpenPurses = Record<Purse, Map<string, bigint>>;

/** There may be some hundred thousand: an absent count takes no memory. */
interface OpenTally extends Tally {
  clicks: number;
  botClicks: number;
  uniqueClicks: number;
  unmarkedClicks: number;
  unreadableCosts: number;
  readonly conversions: Record<Status, number>;
  botConversions: number;
  money: OpenPurses;
  notConverted: OpenPurses;
  medianSeconds: number | undefined;
  soon: Partial<Record<Metric, number>>;
}

/** Shared, and never added to. */
const none = new Map<string, bigint>();
const empty: OpenPurses = { approved: none, pending: none, cost: none };
const noneSoon: OpenTally['soon'] = {};

function newTally(values: Tally['values']): OpenTally {
  return {
    values,
    clicks: 0,
    botClicks: 0,
    uniqueClicks: 0,
    unmarkedClicks: 0,
    unreadableCosts: 0,
    conversions: { approved: 0, pending: 0, rejected: 0, reversed: 0 },
    botConversions: 0,
    money: empty,
    notConverted: empty,
    medianSeconds: undefined,
    soon: noneSoon,
  };
}

function tallyOf(row: AnswerRow, groups: Map<string, OpenTally>, query: ReportQuery): OpenTally {
  const texts = query.groups.map((_, index) => row[2 + index] ?? null);
  const key = JSON.stringify(texts);
  const known = groups.get(key);
  if (known !== undefined) return known;
  const tally = newTally(
    query.groups.map((group, index) => {
      const text = texts[index] ?? null;
      return text !== null && isTimeGroup(group) ? Number(text) : text;
    }),
  );
  groups.set(key, tally);
  return tally;
}

function addRow(
  tally: OpenTally,
  row: AnswerRow,
  query: ReportQuery,
  { spends, models }: Costs,
  rateOf: RateOf | undefined,
): void {
  const [part, , , , , , , currency = null, dayQuarter = null, ...numbers] = row;
  const number = (index: number): bigint => BigInt(numbers[index] ?? '0');
  const count = (index: number): number => Number(numbers[index] ?? '0');
  const day = Number(dayQuarter ?? 0) / quartersOfDay;
  const addUnits = (purse: Purse, code: string, units: bigint): void =>
    addMoney(tally, purse, { code, units, day }, query, rateOf);
  const add = (purse: Purse, code: string, millionths: bigint): void =>
    addUnits(purse, code, millionths * unitsPerMillionth);

  switch (part) {
    case 'clicks':
      tally.clicks += count(0);
      tally.botClicks += count(1);
      tally.uniqueClicks += count(2);
      tally.unreadableCosts += count(3);
      tally.unmarkedClicks += count(5);
      break;
    case 'cost':
      add('cost', currency ?? noCurrency, number(4));
      break;
    case 'conversions':
      for (const [index, status] of statuses.entries()) tally.conversions[status] += count(index);
      tally.botConversions += count(4);
      add('approved', currency ?? noCurrency, number(5));
      add('pending', currency ?? noCurrency, number(6));
      break;
    case 'median':
      if (numbers[0] != null) tally.medianSeconds = (count(0) + count(1)) / 2;
      break;
    case 'soon':
      tally.soon = Object.fromEntries(timeShares.map((share, index) => [share, count(index)]));
      break;
    case 'spend': {
      const spend = spends[Number(currency)];
      const places = number(2);
      if (spend === undefined || places === 0n) break;
      add('cost', spend.currency, number(0) * (spend.millionths / places) + number(1));
      break;
    }
    case 'paid': {
      const [charge, code] = (currency ?? '').split(' ');
      const model = models.find((_, index) => String(chargeOf(index)) === charge);
      if (model?.pays === 'conversion') add('cost', model.currency, number(0) * model.millionths);
      // A share in millionths of an amount in millionths is in units already.
      else if (model?.pays === 'share') addUnits('cost', code || noCurrency, number(1) * model.share);
      break;
    }
    default:
      throw new Error(`the answer has a row of the part "${part ?? ''}"`);
  }
}

function addMoney(
  tally: OpenTally,
  purse: Purse,
  { code, units, day }: { readonly code: string; readonly units: bigint; readonly day: number },
  { currency: target }: ReportQuery,
  rateOf: RateOf | undefined,
): void {
  if (units === 0n) return;
  const rate = target === undefined ? undefined : rateOf?.(code, day);
  const kind = target !== undefined && rate === undefined ? 'notConverted' : 'money';
  const isFirst = tally[kind][purse] === none;
  if (isFirst) tally[kind] = { ...tally[kind], [purse]: new Map() };
  const sums = tally[kind][purse];
  if (target === undefined || rate === undefined) sums.set(code, (sums.get(code) ?? 0n) + units);
  else {
    const converted = divided(units * fineness * rate.numerator, rate.denominator);
    sums.set(target, (sums.get(target) ?? 0n) + converted);
  }
}

function closed(tally: OpenTally, { currency }: ReportQuery): Tally {
  if (currency === undefined) return tally;
  const rounded = (purse: Purse): Money => dividedMoney(tally.money[purse], fineness);
  return { ...tally, money: { approved: rounded('approved'), pending: rounded('pending'), cost: rounded('cost') } };
}

/** Whether anything of a group is left: a sum that was taken back is nothing, and bots count where they are requested. */
function isSomething(
  { clicks, botClicks, conversions, money, notConverted }: Tally,
  { metrics }: ReportQuery,
): boolean {
  if (clicks !== 0 || (botClicks !== 0 && metrics.includes('botClicks'))) return true;
  if (statuses.some((status) => conversions[status] !== 0)) return true;
  const amounts = [...Object.values(money), ...Object.values(notConverted)].flatMap((one) => [...one.values()]);
  return amounts.some((amount) => amount !== 0n);
}
