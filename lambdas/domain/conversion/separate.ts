import { isNegative } from '../values/amount';
import { amountIn, compareClaims, isZeroOnHold, type Claim } from '../request/claim';
import { hasRowsOfItsOwn } from '../values/duplicate-mode';
import { isTransitionAllowed, type ConversionStatus } from '../values/status';
import type { Conversion, HistoryEntry } from './conversion';
import { foldClaims } from './fold';
import { currencyOf, type FoldState } from './fold-state';
import { isOtherRenewal } from './renewals';

/**
 * The same status is content, which the mode governs; another status is a change of this conversion in every mode. The status at the event
 * time of the claim decides: the one that the key had, or took next by a claim that arrived first.
 */
export function countsSeparately(existing: Conversion, claim: Claim): boolean {
  if (claim.reversal !== undefined || claim.reinstates === true || !hasRowsOfItsOwn(claim.mode, existing)) return false;
  const { state, moves, order } = foldClaims(existing.history, existing.settled);
  if (state.status === undefined || isWorthOfFirst(claim, existing, order)) return false;
  if (claim.status === undefined) return true;
  const before = moves.findLast((move) => compareClaims(move.claim, claim) < 0)?.after ?? existing.settled?.status;
  const next = moves.find((move) => compareClaims(move.claim, claim) > 0)?.to;
  if (claim.status === before || claim.status === next) return true;
  if (before === 'pending') return false;
  return (
    isOtherRenewal(claim, existing, order) ||
    isOtherSale(claim, before, state) ||
    isOtherHold(claim, before, next, existing, state)
  );
}

/**
 * Whether a claim and the first of its transaction are one sale: it is the first to name an amount, or it comes before the one that is.
 * A claim without a transaction is one on its own.
 */
function isWorthOfFirst(claim: Claim, { transactionId, settled }: Conversion, others: readonly Claim[]): boolean {
  if (transactionId === undefined) return false;
  const sales = [...others, claim].filter(({ reversal }) => reversal === undefined).sort(compareClaims);
  const [first, second] = sales;
  if (first === claim && settled?.status === undefined) {
    return !namesPrice(claim) && second !== undefined && namesPrice(second);
  }
  return settled?.price?.named !== true && sales.find(namesPrice) === claim;
}

/**
 * Whether an approval after a reversal or a rejection is another sale: it names another amount. With the same one it is
 * approved again, which comes to the same money.
 */
function isOtherSale(claim: Claim, before: ConversionStatus | undefined, state: FoldState): boolean {
  const isOver = before === 'reversed' || before === 'rejected';
  return isOver && claim.status === 'approved' && namesOther(claim, state);
}

/**
 * Whether a hold after the end of another one is another sale, or a claim before a hold is: no status leads back to pending. An amount alone
 * shows it: with the same one the hold came late, and with a transaction as well.
 */
function isOtherHold(
  claim: Claim,
  before: ConversionStatus | undefined,
  next: ConversionStatus | undefined,
  { transactionId }: Conversion,
  state: FoldState,
): boolean {
  if (transactionId !== undefined || !namesOther(claim, state)) return false;
  return before === undefined ? next === 'pending' : claim.status === 'pending';
}

/** Whether a claim names an amount that is another one than the named price of the key. */
function namesOther(claim: Claim, state: FoldState): boolean {
  const { price } = state;
  const currency = currencyOf(state);
  if (!namesPrice(claim) || price?.named !== true) return false;
  const isOtherCurrency = claim.currency !== undefined && claim.currency !== currency;
  return isOtherCurrency || amountIn(claim, currency) !== price.amount;
}

const namesPrice = (claim: Claim): boolean => {
  const { amount } = claim;
  return amount !== undefined && !isNegative(amount) && !isZeroOnHold(claim);
};

/**
 * The change of status that the row of a key took for lack of a better one, and that is about a sale which counts separately: it names the amount
 * of that sale, and not the one of the key.
 */
export function changeOf(existing: Conversion, sale: Conversion, first: Claim): HistoryEntry | undefined {
  const { state, order } = foldClaims(existing.history, existing.settled);
  const { status, amount } = sale;
  const begin = order.find(({ reversal }) => reversal === undefined);
  if (!namesPrice(first)) return undefined;
  return existing.history
    .filter((entry) => entry !== begin && compareClaims(first, entry) < 0 && namesOther(entry, state))
    .toSorted(compareClaims)
    .find(
      (entry) =>
        entry.reversal === undefined &&
        entry.reinstates === undefined &&
        entry.status !== undefined &&
        hasRowsOfItsOwn(entry.mode, existing) &&
        isTransitionAllowed(status, entry.status) &&
        amountIn(entry, sale.currency) === amount &&
        (entry.currency === undefined || entry.currency === sale.currency),
    );
}
