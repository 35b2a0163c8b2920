import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, rejected, retried, reversed } from './steps';

const order = (status: string, modified = '2026-11-23T11:24:41', total = '60.00'): string =>
  JSON.stringify({
    id: 4750,
    number: '4750',
    status,
    currency: 'EUR',
    total,
    date_modified_gmt: modified,
    meta_data: [{ id: 91, key: '_clickid', value: 'CLICKID' }],
  });
const paid = post(order('processing'), 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a transfer that arrives, and the delivery',
    sent: [
      post(order('on-hold'), 'OK'),
      daysLater(2, post(order('processing', '2026-11-25T11:00:00'), 'OK_UPDATED')),
      daysLater(1, post(order('completed', '2026-11-26T11:00:00'), 'OK_DUPLICATE')),
    ],
    ends: [approved('60', 'EUR')],
  },
  {
    name: 'a refund keeps the total and changes the status',
    sent: [paid, daysLater(9, post(order('refunded', '2026-12-02T11:00:00'), 'OK_UPDATED'))],
    ends: [reversed('EUR')],
  },
  {
    name: 'an order that is cancelled after it was paid',
    sent: [paid, daysLater(1, post(order('cancelled', '2026-11-24T11:00:00'), 'OK_UPDATED'))],
    ends: [rejected('EUR')],
  },
  {
    name: 'a card that was declined, and the second try',
    sent: [post(order('failed'), 'OK'), post(order('processing', '2026-11-23T11:26:00'), 'OK_UPDATED')],
    ends: [approved('60', 'EUR')],
  },
  {
    name: 'a shop that changes the order: the new total counts',
    sent: [paid, daysLater(1, post(order('processing', '2026-11-24T11:00:00', '45.00'), 'OK_UPDATED'))],
    ends: [approved('45', 'EUR')],
  },
  { name: 'a draft', sent: [post(order('checkout-draft'), 'OK_IGNORED')], ends: [] },
  { name: 'a retry', sent: [paid, retried(paid)], ends: [approved('60', 'EUR')] },
];
