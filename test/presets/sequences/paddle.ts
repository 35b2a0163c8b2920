import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, post, retried, reversed } from './steps';

const event = (type: string, second: number, id = 'txn_1'): string =>
  JSON.stringify({
    event_id: `evt_${type}_${second}`,
    event_type: type,
    occurred_at: `2026-11-23T11:30:0${second}Z`,
    data: {
      id,
      currency_code: 'EUR',
      custom_data: { clickid: 'CLICKID' },
      details: { totals: { total: '3000', grand_total: '3000', currency_code: 'EUR' } },
    },
  });
const completed = post(event('transaction.completed', 5), 'OK_DUPLICATE');

export const sequences: readonly Sequence[] = [
  {
    name: 'all events of one transaction',
    sent: [
      post(event('transaction.created', 1), 'OK_IGNORED'),
      post(event('transaction.ready', 2), 'OK_IGNORED'),
      post(event('transaction.payment_failed', 3), 'OK_IGNORED'),
      post(event('transaction.paid', 4), 'OK'),
      completed,
      retried(completed),
    ],
    ends: [approved('30', 'EUR')],
  },
  {
    name: 'a renewal is a transaction of its own',
    sent: [
      post(event('transaction.completed', 5), 'OK'),
      daysLater(30, post(event('transaction.completed', 5, 'txn_2'), 'OK')),
    ],
    ends: [approved('30', 'EUR'), approved('30', 'EUR')],
  },
  {
    name: 'a refund that the seller reports, of a part and of the rest',
    sent: [
      post(event('transaction.completed', 5), 'OK'),
      get('clickid=CLICKID&event_type=refund&txid=txn_1&amount=1000', 'OK_UPDATED', 'PARTIAL_REVERSAL'),
      get('clickid=CLICKID&event_type=refund&txid=txn_1&amount=2000', 'OK_UPDATED'),
    ],
    ends: [reversed('EUR')],
  },
];
