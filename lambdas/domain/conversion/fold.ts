import type { RequestId } from '../values/request-id';
import {
  addAmounts,
  compareAmounts,
  isNegative,
  largerOf,
  negateAmount,
  subtractAmounts,
  zero,
  type Amount,
} from '../values/amount';
import { amountIn, compareClaims, countsAt, inCurrency, isZeroOnHold, type Claim } from '../request/claim';
import type { Currency } from '../values/currency';
import {
  amountOf,
  currencyOf,
  isOther,
  nothing,
  type ClaimEffect,
  type FoldState,
  type SalePrice,
  type FoldStep,
} from './fold-state';
import { keyCurrencyAfter, type KeyCurrency } from './key-currency';
import { addPayout, addToSum, approvePart, isTooMuch, rejectsPart, subtractFromSum, type Priced } from './sums';
import { isTransitionAllowed, type ConversionStatus } from '../values/status';

/** A change of status: the effect of the claim, and the state after the reversals that waited for it. */
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
      claim.reversal === undefined
        ? takeRefunded(applyClaim(state, inCurrency(applicableIn(state, claim), ofKey)), claim)
        : applyReversal(state, claim);
    const to = next.status === state.status ? undefined : next.status;
    if (next !== state) changed.add(claim.requestId);
    effects.set(claim.requestId, effect);
    state = to === 'approved' ? meetWaiting(next, claim, effects) : next;
    if (to !== undefined) moves.push({ claim, to, after: state.status ?? to });
  }
  return { state, effects, changed, order, moves };
}

/** The name of an event lifts no reversal: an order that was refunded may still be completed. */
function applicableIn({ status }: FoldState, claim: Claim): Claim {
  if (claim.byEvent !== true || status !== 'reversed') return claim;
  const { status: _byName, ...content } = claim;
  return content;
}

function applyClaim(state: FoldState, claim: Claim): FoldStep {
  if (claim.reinstates === true && state.status !== undefined) return giveBack(state, claim);
  if (beginsAgain(state, claim)) {
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
function giveBack(state: FoldState, claim: Claim): FoldStep {
  const { status, corrections, takenByParts: _parts, takenInAll: _taken, ...rest } = state;
  const { amount, currency = currencyOf(state) } = claim;
  if (status !== 'approved') return [{ ...state, status: 'approved', sold: true }, 'applied'];
  if (corrections === undefined || !isNegative(corrections.amount)) return [state, 'none'];
  if (amount !== undefined && isOther(state, corrections, currency)) return [state, 'currency'];
  const left = amount === undefined ? zero : addAmounts(corrections.amount, amount);
  if (!isNegative(left)) return [{ ...rest, status }, 'applied'];
  return [{ ...rest, status, corrections: { ...corrections, amount: left } }, 'applied'];
}

/** In the mode `increment`, what is paid after all was taken back or rejected begins a new sum. */
function beginsAgain(state: FoldState, claim: Claim): claim is Priced {
  const { mode, amount, status, fallback } = claim;
  const isOver = state.status === 'reversed' || state.status === 'rejected';
  if (mode !== 'increment' || !isOver || (status ?? fallback.status) !== 'approved') return false;
  return amount !== undefined && compareAmounts(amount, zero) > 0;
}

/** The payout of the event or campaign, until an amount is named. */
function withPayout(state: FoldState, { fallback }: Claim): FoldState {
  if (fallback.amount === undefined) return state;
  return { ...state, price: { amount: fallback.amount, currency: fallback.currency, named: false } };
}

/**
 * Applies a claim's amount by its mode. The first named amount replaces one that was not named, in every mode; after that a change of
 * status moves an amount in the mode `update` alone.
 */
function applyContent(state: FoldState, claim: Claim, isStatusChange: boolean): FoldStep {
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
      return (isStatusChange ? approvePart : addToSum)(state, price, { ...claim, amount });
    case 'ignore':
    case 'separate':
    case 'separate-flagged':
    case 'ignore-by-transaction':
      return [state, isSame || isStatusChange || isLeftOver(state, claim) ? 'none' : 'conflict'];
  }
}

/** Whether a claim names what is left of a sale after a refund of a part: that is no other content. */
function isLeftOver(state: FoldState, { amount, currency }: Claim): boolean {
  const { corrections } = state;
  return corrections !== undefined && amount === amountOf(state) && !isOther(state, corrections, currency);
}

function replacePrice(
  { unapproved: _held, corrections: _replaced, takenByParts: _parts, takenInAll: _taken, ...state }: FoldState,
  price: SalePrice,
): FoldState {
  return { ...state, price };
}

function addCorrection(state: FoldState, amount: Amount, currency: Currency | undefined): FoldStep {
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
function applyReversal(state: FoldState, claim: Claim): FoldStep {
  const asked = claim.status ?? 'reversed';
  const isOfHold = state.status === 'pending' && asked === 'rejected';
  if (state.status === 'approved' || isOfHold) return takeBack(state, claim, asked);
  if (state.status === undefined) {
    return [{ ...state, waiting: [...state.waiting, claim] }, 'none'];
  }
  if (state.status === asked) return [state, 'none'];
  return [state.sold ? state : { ...state, waiting: [...state.waiting, claim] }, 'refused'];
}

function takeBack(state: FoldState, claim: Claim, asked: ConversionStatus): FoldStep {
  const total = amountOf(state);
  const currency = currencyOf(state);
  const part = claim.reversal === 'partial' ? amountIn(claim, currency) : undefined;
  const { unapproved: _over, ...rest } = state;
  const whole: FoldStep = [{ ...rest, status: asked }, 'applied'];
  if (part === undefined || total === undefined || compareAmounts(part, zero) <= 0) return whole;
  // Amounts of two currencies are never compared: whether it is a part or the whole is not known.
  if (claim.currency !== undefined && claim.currency !== currency) return [state, 'currency'];
  const { takenByParts = zero, takenInAll = zero } = state;
  const known =
    claim.amountInAll === true
      ? { takenByParts, takenInAll: largerOf(part, takenInAll) }
      : { takenByParts: addAmounts(part, takenByParts), takenInAll };
  const before = largerOf(takenByParts, takenInAll);
  const more = subtractAmounts(largerOf(known.takenByParts, known.takenInAll), before);
  if (compareAmounts(more, zero) <= 0) {
    const isNew = known.takenByParts !== takenByParts || known.takenInAll !== takenInAll;
    return [isNew ? { ...state, ...known } : state, 'none'];
  }
  if (compareAmounts(more, total) >= 0) return whole;
  // One that names no currency is in that of the sale, whatever the sale was in before.
  const [next] = addCorrection(state, negateAmount(more), currency);
  return [{ ...next, ...known }, 'part'];
}

/** A sale that names what was refunded of it so far takes back what is new in it. */
function takeRefunded(step: FoldStep, { refundedInAll, ...sale }: Claim): FoldStep {
  const [state, effect] = step;
  if (refundedInAll === undefined || state.status !== 'approved') return step;
  const refund: Claim = { ...sale, amount: refundedInAll, reversal: 'partial', amountInAll: true };
  const [next, taken] = takeBack(state, refund, 'reversed');
  return [next, taken === 'none' ? effect : taken];
}

/** Applies the reversals that were waiting for this sale, right after it, and notes what each did. */
function meetWaiting(state: FoldState, sale: Claim, effects: Map<RequestId, ClaimEffect>): FoldState {
  let next: FoldState = { ...state, waiting: state.waiting.filter((reversal) => !meets(reversal, sale)) };
  for (const reversal of state.waiting) {
    if (next.status === 'approved' && meets(reversal, sale)) {
      const [after, effect] = takeBack(next, reversal, reversal.status ?? 'reversed');
      effects.set(reversal.requestId, effect);
      next = after;
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
    const namesStatus = sale.status !== undefined && sale.byEvent !== true;
    return sale.sequence.row <= reversal.sequence.row || !(isLater || namesStatus);
  }
  return !(isLater && sale.receivedAt > reversal.receivedAt);
}
