import type { Sequence } from '../sequence-runner';
import { approved, get, retried } from './steps';

const sale = get('nid=2&transaction_id=CLICKID&order_id=O-1&amount=20', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a payout with the digits of a float',
    sent: [get('clickid=CLICKID&amount=0.19949999999999998&event_id=0', 'OK', 'AMOUNT_ROUNDED')],
    ends: [approved('0.1995')],
  },
  {
    name: 'a base conversion and an event',
    sent: [sale, get('nid=2&transaction_id=CLICKID&order_id=O-1&event_id=31&amount=5', 'OK')],
    ends: [approved('20'), approved('5')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('20')] },
];
