import { addAmounts, negateAmount, zero } from '../../../lambdas/domain/values/amount';
import { exactAmount } from '../../../operator/exact-amount';
import type { PayableMoney } from '../../../operator/replay/money';
import { table } from '../../terminal/table';

/** Formats one line per currency: the payable amount before and after, and the difference. Empty if no amount changes. */
export function payableText({ before, after }: PayableMoney, dryRun: boolean): string {
  if (Object.keys(after).length === 0) return '';
  const rows = Object.entries(after).map(([currency, amount]) => {
    const moved = addAmounts(exactAmount(amount), negateAmount(exactAmount(before[currency] ?? zero)));
    return [currency === 'XXX' ? 'no currency' : currency, before[currency] ?? zero, amount, signed(moved)];
  });
  return table(['payable', 'before', dryRun ? 'would be' : 'now', 'change'], rows);
}

const signed = (amount: string): string => (amount.startsWith('-') || amount === zero ? amount : `+${amount}`);
