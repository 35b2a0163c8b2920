import { addAmounts, negateAmount, zero } from '../../lambdas/domain/conversion/amount';
import { table } from '../../cli/terminal/table';
import { exactAmount } from '../exact-amount';

type Sums = Readonly<Record<string, string>>;

/** What is payable, by currency, before and after. */
export interface Money {
  readonly before: Sums;
  readonly after: Sums;
}

export const noMoney: Money = { before: {}, after: {} };

export function addMoney(left: Money, right: Money): Money {
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

/** One line for each currency: what is payable before and after, and by how much it moves. Empty where no money was touched. */
export function moneyText({ before, after }: Money, dryRun: boolean): string {
  if (Object.keys(after).length === 0) return '';
  const rows = Object.entries(after).map(([currency, amount]) => {
    const moved = addAmounts(exactAmount(amount), negateAmount(exactAmount(before[currency] ?? zero)));
    return [currency === 'XXX' ? 'no currency' : currency, before[currency] ?? zero, amount, signed(moved)];
  });
  return table(['payable', 'before', dryRun ? 'would be' : 'now', 'change'], rows);
}

const signed = (amount: string): string => (amount.startsWith('-') || amount === zero ? amount : `+${amount}`);
