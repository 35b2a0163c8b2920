import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, retried, reversed } from './steps';

const confirmed = get('cid=CLICKID&payout=4&txid=1&status=confirm');

export const sequences: readonly Sequence[] = [
  {
    name: 'new without money, then confirmed',
    sent: [
      get('cid=CLICKID&payout=0&txid=1&status=new', 'OK'),
      get('cid=CLICKID&payout=4&txid=1&status=confirm', 'OK_UPDATED'),
    ],
    ends: [approved('4')],
  },
  {
    name: 'confirmed, then charged back',
    sent: [confirmed, daysLater(45, get('cid=CLICKID&txid=1&status=charge', 'OK_UPDATED'))],
    ends: [reversed()],
  },
  { name: 'a retry', sent: [confirmed, retried(confirmed)], ends: [approved('4')] },
];
