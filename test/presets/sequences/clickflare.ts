import type { Sequence } from '../sequence-runner';
import { approved, get, retried } from './steps';

const sale = get('click_id=CLICKID&payout=30&txid=1&ct=sale', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a lead, then the sale',
    sent: [get('click_id=CLICKID&ct=lead', 'OK'), sale],
    ends: [approved('0'), approved('30')],
  },
  {
    name: 'an upsell with a transaction of its own',
    sent: [sale, get('click_id=CLICKID&payout=9&txid=2&ct=sale', 'OK')],
    ends: [approved('30'), approved('9')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('30')] },
];
