import { addAmounts, zero, type Amount } from '../../lambdas/domain/values/amount';
import type { Conversion } from '../answers';
import { exactAmount } from '../exact-amount';

/** The sum of conversions of one currency and status. */
export interface Sum {
  readonly currency: string | undefined;
  readonly status: string;
  readonly conversions: number;
  readonly amount: Amount;
}

type Summed = Pick<Conversion, 'currency' | 'status' | 'amount'>;

/** Adds up exactly, separately per currency, so that the sums can be compared with an invoice. */
export function sumsOf(conversions: readonly Summed[]): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const { currency, status, amount } of conversions) {
    const key = `${currency ?? ''} ${status}`;
    const before = sums.get(key) ?? { currency, status, conversions: 0, amount: zero };
    sums.set(key, {
      ...before,
      conversions: before.conversions + 1,
      amount: addAmounts(before.amount, amount === undefined ? zero : exactAmount(amount)),
    });
  }
  return [...sums.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}
