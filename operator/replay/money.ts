import { addAmounts, zero } from '../../lambdas/domain/values/amount';
import { exactAmount } from '../exact-amount';

type Sums = Readonly<Record<string, string>>;

/** The payable amount by currency, before and after. */
export interface PayableMoney {
  readonly before: Sums;
  readonly after: Sums;
}

export const noMoney: PayableMoney = { before: {}, after: {} };

export function addPayable(left: PayableMoney, right: PayableMoney): PayableMoney {
  return { before: addSums(left.before, right.before), after: addSums(left.after, right.after) };
}

function addSums(left: Sums, right: Sums): Sums {
  const currencies = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return Object.fromEntries(
    currencies.map((currency) => [
      currency,
      addAmounts(exactAmount(left[currency] ?? zero), exactAmount(right[currency] ?? zero)),
    ]),
  );
}
