import { compareAmounts, zero } from '../values/amount';
import { amountIn, type Claim } from '../request/claim';
import type { Conversion } from './conversion';

type Key = Pick<Conversion, 'event' | 'transactionId'>;

export const isOfKey = (one: Key, other: Key): boolean =>
  one.event === other.event && one.transactionId === other.transactionId;

export const isOfCurrency = ({ currency }: Pick<Conversion, 'currency'>, claim: Claim): boolean =>
  claim.currency === undefined || claim.currency === currency;

/**
 * Chooses among the row of a key and those that count separately: the first that is approved and has the amount that is taken back, else
 * one that has as much, else any, since each renewal is refunded once.
 */
export function likeliest(rows: readonly Conversion[], reversal: Claim): Conversion | undefined {
  const over = overOf(rows, reversal);
  if (over !== undefined) return over;
  const meant = approvedOf(rows);
  if (reversal.amount === undefined) return meant[0];
  const comparisons = meant
    .filter((row) => row.amount !== undefined && isOfCurrency(row, reversal))
    .map((row) => [row, compareAmounts(row.amount ?? zero, amountIn(reversal, row.currency) ?? zero)] as const);
  const [found = meant[0]] =
    comparisons.find(([, difference]) => difference === 0) ??
    comparisons.find(([, difference]) => difference > 0) ??
    [];
  return found;
}

/**
 * The sale that is rejected or reversed and has exactly what a reversal names, where no approved one has: there is nothing left to take back, and
 * no other sale is to pay for it.
 */
export function overOf(rows: readonly Conversion[], reversal: Claim): Conversion | undefined {
  const exact = rows.filter(
    (row) => hasMoney(row) && isOfCurrency(row, reversal) && row.amount === amountIn(reversal, row.currency),
  );
  if (exact.some(({ status }) => status === 'approved')) return undefined;
  return exact.find(({ status }) => status === 'rejected' || status === 'reversed');
}

/** A registration without an amount is not meant where another conversion has money to take back. */
export function withMoney(candidates: readonly Conversion[]): readonly Conversion[] {
  const withSome = candidates.filter(hasMoney);
  return withSome.length > 0 ? withSome : candidates;
}

export const hasMoney = ({ amount }: Pick<Conversion, 'amount'>): boolean =>
  amount !== undefined && compareAmounts(amount, zero) !== 0;

/** Returns the approved candidates: only an approved one can be meant among several. */
export function approvedOf(candidates: readonly Conversion[]): readonly Conversion[] {
  const approved = candidates.filter(({ status }) => status === 'approved');
  return approved.length > 0 ? approved : candidates;
}

/** Renewals that count separately under one key are one thing, of which a reversal takes the likeliest. */
export function onlyMeant(candidates: readonly Conversion[], reversal: Claim): Conversion | undefined {
  const [first] = candidates;
  if (first === undefined) return undefined;
  return candidates.every((one) => isOfKey(one, first)) ? likeliest(candidates, reversal) : undefined;
}
