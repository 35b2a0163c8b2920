import type { Sequence } from '../sequence-runner';
import { approved, get, post, retried } from './steps';

const push = (transaction: number, commission: string): string =>
  `AwinTransactionPush=${encodeURIComponent(
    JSON.stringify({
      transactionId: transaction,
      transactionCurrency: 'GBP',
      transactionAmount: '100.00',
      commission,
      clickRef: 'CLICKID',
    }),
  )}`;
const sale = get('clickRef=CLICKID&commission=8.50&transactionId=1001&transactionCurrency=GBP', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'two notifications as a form with one field of JSON',
    sent: [post(push(1001, '8.50'), 'OK'), post(push(1002, '4.25'), 'OK')],
    ends: [approved('8.5', 'GBP'), approved('4.25', 'GBP')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('8.5', 'GBP')] },
];
