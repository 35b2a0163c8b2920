import { counted } from '../../../operator/counted';
import type { Sum } from '../../../operator/conversions/sums';
import { table } from '../../terminal/table';

export function sumsText(sums: readonly Sum[]): string {
  const total = sums.reduce((number, { conversions }) => number + conversions, 0);
  const rows = sums.map(({ currency, status, conversions, amount }) => [
    currency ?? 'no currency',
    status,
    String(conversions),
    amount,
  ]);
  return [`${counted(total, 'conversion')}.`, table(['currency', 'status', 'conversions', 'sum'], rows)].join('\n');
}
