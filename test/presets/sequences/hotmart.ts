import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

const start = Date.UTC(2026, 10, 23, 11, 20);
const day = 24 * 60 * 60 * 1000;
const purchase = (event: string, days = 0, transaction = 'HP1'): string =>
  JSON.stringify({
    id: `${event}-${transaction}-${days}`,
    creation_date: start + days * day,
    event,
    version: '2.0.0',
    data: {
      purchase: { transaction, price: { value: 97.9, currency_value: 'BRL' }, origin: { xcod: 'CLICKID' } },
    },
  });
const bought = post(purchase('PURCHASE_APPROVED'), 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'approved and complete are one purchase',
    sent: [bought, daysLater(30, post(purchase('PURCHASE_COMPLETE', 30), 'OK_DUPLICATE'))],
    ends: [approved('97.9', 'BRL')],
  },
  {
    name: 'a refund that was asked for, then given',
    sent: [
      bought,
      daysLater(2, post(purchase('PURCHASE_PROTEST', 2), 'OK_IGNORED')),
      daysLater(1, post(purchase('PURCHASE_REFUNDED', 3), 'OK_UPDATED')),
    ],
    ends: [reversed('BRL')],
  },
  {
    name: 'a chargeback after the window',
    sent: [bought, daysLater(120, post(purchase('PURCHASE_CHARGEBACK', 120), 'OK_UPDATED'))],
    ends: [reversed('BRL')],
  },
  {
    name: 'a payment that was late',
    sent: [
      post(purchase('PURCHASE_DELAYED'), 'OK'),
      daysLater(2, post(purchase('PURCHASE_APPROVED', 2), 'OK_UPDATED')),
    ],
    ends: [approved('97.9', 'BRL')],
  },
  {
    name: 'a renewal has a transaction of its own',
    sent: [bought, daysLater(30, post(purchase('PURCHASE_APPROVED', 30, 'HP2'), 'OK'))],
    ends: [approved('97.9', 'BRL'), approved('97.9', 'BRL')],
  },
  { name: 'a retry', sent: [bought, retried(bought)], ends: [approved('97.9', 'BRL')] },
];
