import type { Sequence } from '../sequence-runner';
import { approved, get, retried } from './steps';

const sale = get('cid=CLICKID&payout=50&txid=1', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'an upsell with a transaction of its own',
    sent: [sale, get('cid=CLICKID&payout=15&txid=2', 'OK')],
    ends: [approved('50'), approved('15')],
  },
  {
    name: 'the same transaction with another payout: the first stands',
    sent: [sale, get('cid=CLICKID&payout=55&txid=1', 'CONFLICTING_DUPLICATE')],
    ends: [approved('50')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('50')] },
];
