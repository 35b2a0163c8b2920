import type { Claim } from '../request/claim';
import {
  absoluteAmount,
  addAmounts,
  compareAmounts,
  fromMillionths,
  largerOf,
  subtractAmounts,
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
  const sum = subtractAmounts(price.amount, amount);
  const rest = restOf(subtractAmounts(unapproved, amount));
  return [{ ...state, price: { ...price, amount: sum }, ...rest }, 'applied'];
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
export function approvePart(state: FoldState, price: SalePrice, { amount, currency, status }: Priced): FoldStep {
  if (status !== 'approved' || isOther(state, price, currency)) return [state, 'none'];
  return [{ ...state, ...restOf(subtractAmounts(price.amount, amount)) }, 'none'];
}

export function addToSum(state: FoldState, price: SalePrice, { amount, currency, status }: Priced): FoldStep {
  if (isOther(state, price, currency)) return [state, 'currency'];
  const { unapproved = zero, ...rest } = state;
  const held = status === 'approved' ? unapproved : zero;
  const more = largerOf(subtractAmounts(amount, held), zero);
  const sum = addAmounts(price.amount, more);
  if (isTooMuch(sum)) return [state, 'too-much'];
  const covered = subtractAmounts(amount, more);
  const left = restOf(subtractAmounts(unapproved, covered));
  return [{ ...rest, price: { ...price, amount: sum }, ...left }, 'applied'];
}

/** The rest of a hold, where there is one. */
const restOf = (left: Amount): Pick<FoldState, 'unapproved'> =>
  compareAmounts(left, zero) > 0 ? { unapproved: left } : {};

/** The largest sum, in either direction: reports add millionths in 64 bits. */
const largestSum = fromMillionths(4_000_000_000_000_000_000n);

export const isTooMuch = (sum: Amount): boolean => compareAmounts(absoluteAmount(sum), largestSum) > 0;
