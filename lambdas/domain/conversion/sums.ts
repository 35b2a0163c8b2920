import type { Claim } from '../request/claim';
import {
  absoluteAmount,
  addAmounts,
  compareAmounts,
  fromMillionths,
  negateAmount,
  zero,
  type Amount,
} from '../values/amount';
import { amountOf, isOther, type FoldState, type SalePrice, type FoldStep } from './fold-state';

/** A claim that names an amount. */
export type Priced = Claim & { readonly amount: Amount };

type Summed = FoldState & { readonly price: SalePrice };

/** In the mode `increment`, whether a rejection names a part of the sum: the rest of it stays. */
export function rejectsPart(state: FoldState, claim: Claim): state is Summed {
  const { mode, status, amount, currency } = claim;
  const { price } = state;
  if (mode !== 'increment' || status !== 'rejected' || amount === undefined || price === undefined) return false;
  if (!price.named || (state.status !== 'approved' && state.status !== 'pending')) return false;
  const isLess = [price.amount, amountOf(state) ?? zero].every((sum) => compareAmounts(amount, sum) < 0);
  return isLess && compareAmounts(amount, zero) > 0 && !isOther(state, price, currency);
}

/** A rejection takes from the part on hold first. */
export function subtractFromSum(
  { unapproved = zero, ...state }: FoldState,
  price: SalePrice,
  { amount = zero }: Claim,
): FoldStep {
  const left = addAmounts(unapproved, negateAmount(amount));
  const sum = addAmounts(price.amount, negateAmount(amount));
  const isLeft = compareAmounts(left, zero) > 0;
  return [{ ...state, price: { ...price, amount: sum }, ...(isLeft && { unapproved: left }) }, 'applied'];
}

/** In the mode `increment`, a further approval without an amount adds the payout, until a claim names an amount. */
export function addPayout(state: FoldState, claim: Claim, isStatusChange: boolean): FoldStep {
  const { price } = state;
  const { amount, currency } = claim.fallback;
  if (claim.mode !== 'increment' || amount === undefined || price === undefined || price.named) return [state, 'none'];
  if (claim.status !== 'approved') return [state, 'none'];
  const paid = { ...claim, amount, ...(currency !== undefined && { currency }) };
  return isStatusChange ? approvePart(state, price, paid) : addToSum(state, price, paid);
}

/** An approval of a sum on hold may name a part of it: the rest is approved by those that follow, and not added again. */
export function approvePart(state: FoldState, price: SalePrice, { amount, currency, status }: Claim): FoldStep {
  if (status !== 'approved' || amount === undefined || isOther(state, price, currency)) return [state, 'none'];
  const rest = addAmounts(price.amount, negateAmount(amount));
  return [compareAmounts(rest, zero) > 0 ? { ...state, unapproved: rest } : state, 'none'];
}

export function addToSum(state: FoldState, price: SalePrice, { amount, currency, status }: Priced): FoldStep {
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
const largestSum = fromMillionths(4_000_000_000_000_000_000n);

export const isTooMuch = (sum: Amount): boolean => compareAmounts(absoluteAmount(sum), largestSum) > 0;
