import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

const ipn = (action: string, more = ''): string =>
  `WP_ACTION=${action}&WP_SALE=sale_k3x9&WP_SALE_AMOUNT=17.00&WP_SALE_CURRENCY=USD&WP_TXNID=TX1&WP_HOP_TID=CLICKID${more}`;
const sale = post(ipn('sale'), 'OK');

export const sequences: readonly Sequence[] = [
  { name: 'a sale and its refund', sent: [sale, daysLater(9, post(ipn('refund'), 'OK_UPDATED'))], ends: [reversed()] },
  { name: 'a dispute', sent: [sale, daysLater(40, post(ipn('dispute'), 'OK_UPDATED'))], ends: [reversed()] },
  {
    name: 'a subscription: its start comes beside the sale, the next payment counts',
    sent: [
      sale,
      post(ipn('subscr_created', '&WP_SUBSCR_ID=S1'), 'OK_IGNORED'),
      daysLater(
        30,
        post(
          ipn('subscr_completed', '&WP_SUBSCR_ID=S1&WP_SUBSCR_PAYMENT_AMOUNT=9.00&WP_SUBSCR_PAYMENT_TXNID=TX2'),
          'OK',
        ),
      ),
      daysLater(1, post(ipn('subscr_cancelled', '&WP_SUBSCR_ID=S1'), 'OK_IGNORED')),
    ],
    ends: [approved('17'), approved('9')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('17')] },
];
