import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, rejected, retried, reversed } from './steps';

const order = (
  status: string,
  modified = '2026-11-23T11:24:41',
  total = '60.00',
  ...refunds: readonly string[]
): string =>
  JSON.stringify({
    id: 4750,
    number: '4750',
    status,
    currency: 'EUR',
    total,
    date_modified_gmt: modified,
    refunds: refunds.map((amount, index) => ({ id: 800 + index, reason: '', total: amount })),
    meta_data: [{ id: 91, key: '_clickid', value: 'CLICKID' }],
  });
const paid = post(order('processing'), 'OK');
const part = post(order('processing', '2026-11-25T11:00:00', '60.00', '-5.00'), 'OK_UPDATED', 'PARTIAL_REVERSAL');
const secondPart = order('completed', '2026-11-26T11:00:00', '60.00', '-10.00', '-5.00');
const whole = order('refunded', '2026-11-27T11:00:00', '60.00', '-45.00', '-10.00', '-5.00');

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
  {
    name: 'a refund of a part keeps total and status',
    sent: [paid, daysLater(3, part)],
    ends: [approved('55', 'EUR')],
  },
  {
    name: 'two parts, and then the rest',
    sent: [
      paid,
      daysLater(3, part),
      daysLater(1, post(secondPart, 'OK_UPDATED')),
      daysLater(1, post(whole, 'OK_UPDATED')),
    ],
    ends: [reversed('EUR')],
  },
  {
    name: 'two parts that come in the other order, and again',
    sent: [paid, daysLater(4, post(secondPart, 'OK_UPDATED')), post(part.body ?? ''), retried(part), post(secondPart)],
    ends: [approved('45', 'EUR')],
  },
  {
    name: 'an order whose first webhook was lost',
    sent: [daysLater(3, post(secondPart, 'OK'))],
    ends: [approved('45', 'EUR')],
  },
  {
    name: 'an order without refunds after one with some says nothing of them',
    sent: [paid, daysLater(3, part), daysLater(1, post(order('processing', '2026-11-26T12:00:00'), 'OK_DUPLICATE'))],
    ends: [approved('55', 'EUR')],
  },
  {
    name: 'a new total beside a refund',
    sent: [paid, daysLater(3, post(order('processing', '2026-11-26T12:00:00', '80.00', '-5.00'), 'OK_UPDATED'))],
    ends: [approved('75', 'EUR')],
  },
  {
    name: 'a refund of a part in the mode ignore',
    integration: { duplicates: { default: 'ignore' } },
    sent: [
      paid,
      daysLater(3, part),
      daysLater(1, post(secondPart, 'OK_UPDATED')),
      daysLater(1, post(whole, 'OK_UPDATED')),
    ],
    ends: [reversed('EUR')],
  },
  { name: 'a draft', sent: [post(order('checkout-draft'), 'OK_IGNORED')], ends: [] },
  { name: 'a retry', sent: [paid, retried(paid)], ends: [approved('60', 'EUR')] },
];
