import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, rejected, retried, reversed } from './steps';

const order = (status: string, total: string, updated = '2026-11-23T12:22:38+01:00'): string =>
  JSON.stringify({
    id: 4058476875,
    created_at: '2026-11-23T12:19:27+01:00',
    updated_at: updated,
    total_price: '100.00',
    current_total_price: total,
    currency: 'USD',
    financial_status: status,
    note_attributes: [{ name: 'clickid', value: 'CLICKID' }],
  });
const paid = post(order('paid', '100.00'), 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a bank deposit that arrives',
    sent: [
      post(order('pending', '100.00'), 'OK'),
      daysLater(2, post(order('paid', '100.00', '2026-11-25T12:00:00+01:00'), 'OK_UPDATED')),
    ],
    ends: [approved('100')],
  },
  {
    name: 'a refund of a part: the new total replaces the old one',
    sent: [paid, daysLater(3, post(order('partially_refunded', '70.00', '2026-11-26T12:00:00+01:00'), 'OK_UPDATED'))],
    ends: [approved('70')],
  },
  {
    name: 'a refund of the whole: the total is 0',
    sent: [paid, daysLater(3, post(order('refunded', '0.00', '2026-11-26T12:00:00+01:00'), 'OK_UPDATED'))],
    ends: [reversed()],
  },
  {
    name: 'a refund in two parts',
    sent: [
      paid,
      daysLater(3, post(order('partially_refunded', '70.00', '2026-11-26T12:00:00+01:00'), 'OK_UPDATED')),
      daysLater(1, post(order('refunded', '0.00', '2026-11-27T12:00:00+01:00'), 'OK_UPDATED')),
    ],
    ends: [reversed()],
  },
  {
    name: 'an older update that arrives late',
    sent: [
      post(order('partially_refunded', '70.00', '2026-11-23T12:40:00+01:00'), 'OK'),
      post(order('paid', '100.00', '2026-11-23T12:22:38+01:00')),
    ],
    ends: [approved('70')],
  },
  {
    name: 'an authorization that is voided',
    sent: [
      post(order('authorized', '100.00'), 'OK'),
      daysLater(7, post(order('voided', '100.00', '2026-11-30T12:00:00+01:00'), 'OK_UPDATED')),
    ],
    ends: [rejected()],
  },
  { name: 'a retry', sent: [paid, retried(paid)], ends: [approved('100')] },
];
