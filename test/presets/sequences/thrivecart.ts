import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

const form = (event: string, invoice: string, total: string): string =>
  `event=${event}&mode=live&order_id=23370556&invoice_id=${invoice}&currency=USD&order%5Btotal%5D=${total}&passthrough%5Bclickid%5D=CLICKID`;
const success = post(form('order.success', '1382', '2700'), 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'an order and its refund',
    sent: [success, daysLater(10, post(form('order.refund', '1382', '2700'), 'OK_UPDATED'))],
    ends: [reversed()],
  },
  {
    name: 'a refund of a part',
    sent: [success, post(form('order.refund', '1382', '700'), 'OK_UPDATED', 'PARTIAL_REVERSAL')],
    ends: [approved('20')],
  },
  {
    name: 'a renewal has an invoice of its own',
    sent: [success, daysLater(30, post(form('order.subscription_payment', '1400', '2700'), 'OK'))],
    ends: [approved('27'), approved('27')],
  },
  {
    name: 'a subscription that is cancelled keeps its order',
    sent: [success, daysLater(30, post(form('order.subscription_cancelled', '1382', '2700'), 'OK_IGNORED'))],
    ends: [approved('27')],
  },
  { name: 'a retry', sent: [success, retried(success)], ends: [approved('27')] },
];
