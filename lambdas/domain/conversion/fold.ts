import type { RequestId } from '../values/request-id';
import {
  absoluteAmount,
  addAmounts,
  compareAmounts,
  isNegative,
  negateAmount,
  zero,
  type Amount,
} from '../values/amount';
import { amountIn, compareClaims, countsAt, inCurrency, isZeroOnHold, type Claim } from '../request/claim';
import type { Currency } from '../values/currency';
import { keyCurrencyAfter, type KeyCurrency } from './key-currency';
import { isTransitionAllowed, type ConversionStatus } from '../values/status';

/** What one claim did: `part` is a partial reversal, `currency` an amount in another currency than it would be added to,
 * `too-much` an amount beyond the largest sum. */
export type ClaimEffect =
  'created' | 'applied' | 'part' | 'filled' | 'none' | 'conflict' | 'refused' | 'currency' | 'too-much';

/** Without a currency, that of the key applies, once a claim names one. */
interface Money {
  readonly amount: Amount;
  readonly currency?: Currency | undefined;
}

/** The amount that was sent or that the payout gives, before corrections. */
interface Price extends Money {
  readonly named: boolean;
}

/** Where a history has come to. Plain data: a long history is continued from the state of its settled part. */
export interface FoldState extends KeyCurrency {
  /** Absent while only reversals have been seen. */
  readonly status?: ConversionStatus;
  /** Whether it was approved at some time: a reversal then has had its sale. */
  readonly sold: boolean;
  readonly price?: Price;
  /** What corrections and partial reversals add and take back, in the currency of the price. */
  readonly corrections?: Money;
  /** What the corrections hold of reversals that name the sum so far: the next of them takes back what it names beyond it. */
  readonly takenInAll?: Amount;
  /** In the mode `increment`: what is left of a sum on hold that an approval named in part. Further approvals are of it first. */
  readonly unapproved?: Amount;
  /** Reversals that wait for their sale, in order. */
  readonly waiting: readonly Claim[];
}

/** A change of status: what the claim gave, and where the reversals that waited for it have left it. */
export interface Move {
  readonly claim: Claim;
  readonly to: ConversionStatus;
  readonly after: ConversionStatus;
}

export interface Fold {
  readonly state: FoldState;
  readonly effects: ReadonlyMap<RequestId, ClaimEffect>;
  /** The claims that the state depends on, valid or not. */
  readonly changed: ReadonlySet<RequestId>;
  /** The claims in the order in which they count. */
  readonly order: readonly Claim[];
  /** The changes of status in the same order. */
  readonly moves: readonly Move[];
}

type Step = readonly [FoldState, ClaimEffect];

export const nothing: FoldState = { sold: false, waiting: [] };

/**
 * Folds claims, in any order of arrival, into the state after `settled`.
 * @param key the currency of the key, where it is known from more claims than these
 */
export function foldClaims(claims: readonly Claim[], settled: FoldState = nothing, key?: KeyCurrency): Fold {
  const order = [...claims].sort(compareClaims);
  const effects = new Map<RequestId, ClaimEffect>();
  const changed = new Set<RequestId>();
  const moves: Move[] = [];
  const { keyCurrency, currencyAwaits } = key ?? keyCurrencyAfter(settled, order);
  let state: FoldState = { ...settled, keyCurrency, currencyAwaits };
  for (const claim of order) {
    const ofKey = claim.reinstates === true ? currencyOf(state) : keyCurrency;
    const [next, effect] =
      claim.reversal === undefined ? applyClaim(state, inCurrency(claim, ofKey)) : applyReversal(state, claim);
    const to = next.status === state.status ? undefined : next.status;
    if (next !== state) changed.add(claim.requestId);
    effects.set(claim.requestId, effect);
    state = to === 'approved' ? meetWaiting(next, claim) : next;
    if (to !== undefined) moves.push({ claim, to, after: state.status ?? to });
  }
  return { state, effects, changed, order, moves };
}

/** What is payable and shown: the price and its corrections together; absent where no amount is known. */
export function amountOf({ price, corrections }: FoldState): Amount | undefined {
  if (corrections === undefined) return price?.amount;
  return addAmounts(price?.amount ?? zero, corrections.amount);
}

export function currencyOf({ price, corrections, keyCurrency }: FoldState): Currency | undefined {
  return (price ?? corrections)?.currency ?? keyCurrency;
}

/** Whether an amount is in another currency than what it would be added to. */
function isOther({ keyCurrency }: FoldState, money: Money, currency: Currency | undefined): boolean {
  return (money.currency ?? keyCurrency) !== (currency ?? keyCurrency);
}

function applyClaim(state: FoldState, claim: Claim): Step {
  if (claim.reinstates === true && state.status !== undefined) return giveBack(state, claim);
  if (beginsAnew(state, claim)) {
    const { amount, currency } = claim;
    return [replacePrice({ ...state, status: 'approved', sold: true }, { amount, currency, named: true }), 'applied'];
  }
  const asked = claim.status ?? (state.status === undefined ? claim.fallback.status : state.status);
  if (state.status === undefined) {
    const created = withPayout({ ...state, status: asked, sold: asked === 'approved' }, claim);
    const [next, effect] = claim.amount === undefined ? [created] : applyContent(created, claim, false);
    return [next, effect === 'currency' ? effect : 'created'];
  }
  if (rejectsPart(state, claim)) return subtractFromSum(state, state.price, claim);
  if (asked === state.status) return applyContent(state, claim, false);
  if (!isTransitionAllowed(state.status, asked)) {
    // A rejected change of status still names the amount of the sale, where nothing did before.
    const [filled, effect] = applyContent(state, claim, true);
    return effect === 'filled' ? [filled, effect] : [state, 'refused'];
  }
  const { unapproved: _over, ...before } = state;
  return applyContent({ ...before, status: asked, sold: state.sold || asked === 'approved' }, claim, true);
}

/** Ends a reversal: all of it where the sale was reversed or no amount is named, else so much of the part that was taken back. */
function giveBack(state: FoldState, claim: Claim): Step {
  const { status, corrections, takenInAll: _taken, ...rest } = state;
  const { amount, currency = currencyOf(state) } = claim;
  if (status !== 'approved') return [{ ...state, status: 'approved', sold: true }, 'applied'];
  if (corrections === undefined || !isNegative(corrections.amount)) return [state, 'none'];
  if (amount !== undefined && isOther(state, corrections, currency)) return [state, 'currency'];
  const left = amount === undefined ? zero : addAmounts(corrections.amount, amount);
  if (!isNegative(left)) return [{ ...rest, status }, 'applied'];
  return [{ ...rest, status, corrections: { ...corrections, amount: left } }, 'applied'];
}

type Priced = Claim & { readonly amount: Amount };

/** In the mode `increment`, what is paid after all was taken back or rejected begins a new sum. */
function beginsAnew(state: FoldState, claim: Claim): claim is Priced {
  const { mode, amount, status, fallback } = claim;
  const isOver = state.status === 'reversed' || state.status === 'rejected';
  if (mode !== 'increment' || !isOver || (status ?? fallback.status) !== 'approved') return false;
  return amount !== undefined && compareAmounts(amount, zero) > 0;
}

type Summed = FoldState & { readonly price: Price };

/** In the mode `increment`, whether a rejection names a part of the sum: the rest of it was rejected by nobody. */
function rejectsPart(state: FoldState, claim: Claim): state is Summed {
  const { mode, status, amount, currency } = claim;
  const { price } = state;
  if (mode !== 'increment' || status !== 'rejected' || amount === undefined || price === undefined) return false;
  if (!price.named || (state.status !== 'approved' && state.status !== 'pending')) return false;
  const isLess = [price.amount, amountOf(state) ?? zero].every((sum) => compareAmounts(amount, sum) < 0);
  return isLess && compareAmounts(amount, zero) > 0 && !isOther(state, price, currency);
}

/** What was on hold and not approved yet is rejected first. */
function subtractFromSum({ unapproved = zero, ...state }: FoldState, price: Price, { amount = zero }: Claim): Step {
  const left = addAmounts(unapproved, negateAmount(amount));
  const sum = addAmounts(price.amount, negateAmount(amount));
  const isLeft = compareAmounts(left, zero) > 0;
  return [{ ...state, price: { ...price, amount: sum }, ...(isLeft && { unapproved: left }) }, 'applied'];
}

/** In the mode `increment`, a further claim without an amount is worth the payout, while nobody has named an amount. */
function addPayout(state: FoldState, claim: Claim, isStatusChange: boolean): Step {
  const { price, status } = state;
  const { amount, currency } = claim.fallback;
  if (claim.mode !== 'increment' || amount === undefined || price === undefined || price.named) return [state, 'none'];
  if (status === 'rejected' || status === 'reversed') return [state, 'none'];
  const paid = { ...claim, amount, ...(currency !== undefined && { currency }) };
  return isStatusChange ? approvePart(state, price, paid) : addToSum(state, price, paid);
}

/** The payout of the event or campaign, until an amount is named. */
function withPayout(state: FoldState, { fallback }: Claim): FoldState {
  if (fallback.amount === undefined) return state;
  return { ...state, price: { amount: fallback.amount, currency: fallback.currency, named: false } };
}

/**
 * What a claim's amount does by its mode. The first named amount replaces one that was not named, in every mode; after that a change of
 * status moves an amount in the mode `update` alone.
 */
function applyContent(state: FoldState, claim: Claim, isStatusChange: boolean): Step {
  const { amount, currency, mode } = claim;
  if (amount === undefined) return addPayout(state, claim, isStatusChange);
  if (isNegative(amount)) return addCorrection(state, amount, currency);
  const { price, corrections } = state;
  const named = { amount, currency, named: true };
  if (price?.named !== true) {
    if (isZeroOnHold(claim)) {
      const isFirst = price === undefined && corrections === undefined;
      return [isFirst ? { ...state, price: { ...named, named: false } } : state, 'none'];
    }
    if (corrections === undefined) return [{ ...state, price: named }, 'filled'];
    if (!isOther(state, corrections, currency)) {
      return [{ ...state, price: { ...named, currency: corrections.currency } }, 'filled'];
    }
    return mode === 'update' ? [replacePrice(state, named), 'filled'] : [state, 'currency'];
  }
  const isSame = compareAmounts(price.amount, amount) === 0 && !isOther(state, price, currency);
  switch (mode) {
    case 'update':
      return isSame ? [state, 'none'] : [replacePrice(state, named), 'applied'];
    case 'increment':
      return isStatusChange ? approvePart(state, price, claim) : addToSum(state, price, { ...claim, amount });
    case 'ignore':
    case 'separate':
    case 'separate-flagged':
    case 'ignore-by-transaction':
      return [state, isSame || isStatusChange ? 'none' : 'conflict'];
  }
}

/** An approval of a sum on hold may name a part of it: the rest is approved by those that follow, and not added again. */
function approvePart(state: FoldState, price: Price, { amount, currency, status }: Claim): Step {
  if (status !== 'approved' || amount === undefined || isOther(state, price, currency)) return [state, 'none'];
  const rest = addAmounts(price.amount, negateAmount(amount));
  return [compareAmounts(rest, zero) > 0 ? { ...state, unapproved: rest } : state, 'none'];
}

function addToSum(state: FoldState, price: Price, { amount, currency, status }: Priced): Step {
  if (isOther(state, price, currency)) return [state, 'currency'];
  const { unapproved = zero, ...rest } = state;
  const held = status === 'approved' ? unapproved : zero;
  const covered = compareAmounts(amount, held) < 0 ? amount : held;
  const more = addAmounts(amount, negateAmount(covered));
  const left = addAmounts(unapproved, negateAmount(covered));
  const next = { ...rest, ...(compareAmounts(left, zero) > 0 && { unapproved: left }) };
  const sum = addAmounts(price.amount, more);
  return isTooMuch(sum) ? [state, 'too-much'] : [{ ...next, price: { ...price, amount: sum } }, 'applied'];
}

/** The largest sum, in either direction: reports add millionths in 64 bits. */
const largestSum = '4000000000000' as Amount;

const isTooMuch = (sum: Amount): boolean => compareAmounts(absoluteAmount(sum), largestSum) > 0;

function replacePrice(
  { unapproved: _held, corrections: _replaced, takenInAll: _taken, ...state }: FoldState,
  price: Price,
): FoldState {
  return { ...state, price };
}

function addCorrection(state: FoldState, amount: Amount, currency: Currency | undefined): Step {
  const money = state.price ?? state.corrections ?? { amount: zero, currency };
  if (isOther(state, money, currency)) return [state, 'currency'];
  const sum = addAmounts(state.corrections?.amount ?? zero, amount);
  if (isTooMuch(sum)) return [state, 'too-much'];
  return [{ ...state, corrections: { amount: sum, currency: money.currency } }, 'applied'];
}

/**
 * A reversal takes back what is approved, and a rejection below zero what is on hold: a part where it names less than that, else the whole. One that has had no sale yet waits for
 * it; one that repeats what is reversed already does nothing.
 */
function applyReversal(state: FoldState, claim: Claim): Step {
  const asked = claim.status ?? 'reversed';
  const isOfHold = state.status === 'pending' && asked === 'rejected';
  if (state.status === 'approved' || isOfHold) return takeBack(state, claim, asked);
  if (state.status === undefined) {
    return [{ ...state, waiting: [...state.waiting, claim] }, 'none'];
  }
  if (state.status === asked) return [state, 'none'];
  if (isTransitionAllowed(state.status, asked)) return [{ ...state, status: asked }, 'applied'];
  return [state.sold ? state : { ...state, waiting: [...state.waiting, claim] }, 'refused'];
}

function takeBack(state: FoldState, claim: Claim, asked: ConversionStatus): Step {
  const total = amountOf(state);
  const currency = currencyOf(state);
  const part = claim.reversal === 'partial' ? amountIn(claim, currency) : undefined;
  const { unapproved: _over, ...rest } = state;
  const whole: Step = [{ ...rest, status: asked }, 'applied'];
  if (part === undefined || total === undefined || compareAmounts(part, zero) <= 0) return whole;
  // Amounts of two currencies are never compared: whether it is a part or the whole is not known.
  if (claim.currency !== undefined && claim.currency !== currency) return [state, 'currency'];
  const taken = claim.amountInAll === true ? (state.takenInAll ?? zero) : zero;
  const more = addAmounts(part, negateAmount(taken));
  if (compareAmounts(more, zero) <= 0) return [state, 'none'];
  if (compareAmounts(more, total) >= 0) return whole;
  // One that names no currency is in that of the sale, whatever the sale was in before.
  const [next, effect] = addCorrection(state, negateAmount(more), currency);
  if (effect !== 'applied') return [next, effect];
  return [claim.amountInAll === true ? { ...next, takenInAll: part } : next, 'part'];
}

/** Applies the reversals that were waiting for this sale, right after it. */
function meetWaiting(state: FoldState, sale: Claim): FoldState {
  let next: FoldState = { ...state, waiting: state.waiting.filter((reversal) => !meets(reversal, sale)) };
  for (const reversal of state.waiting) {
    if (next.status === 'approved' && meets(reversal, sale)) {
      [next] = takeBack(next, reversal, reversal.status ?? 'reversed');
    }
  }
  return next;
}

/**
 * Whether a reversal that counts before a sale is about it: not where the sale is another approval, since it came after the reversal and
 * names a later time, or says so in a later row of the same batch.
 */
export function meets(reversal: Claim, sale: Claim): boolean {
  const isLater = sale.timeGiven && countsAt(sale) > countsAt(reversal);
  if (sale.sequence !== undefined && sale.sequence.batch === reversal.sequence?.batch) {
    return sale.sequence.row <= reversal.sequence.row || !(isLater || sale.status !== undefined);
  }
  return !(isLater && sale.receivedAt > reversal.receivedAt);
}
