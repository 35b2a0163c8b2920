import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried } from './steps';

const sale = get('offer_id=3&transaction_id=CLICKID&adv_sub=O-1&amount=40', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'the amount comes with the approval',
    sent: [
      get('transaction_id=CLICKID&adv_sub=O-1&status=pending', 'OK'),
      get('transaction_id=CLICKID&adv_sub=O-1&status=approved&amount=40', 'OK_UPDATED'),
    ],
    ends: [approved('40')],
  },
  {
    name: 'an install, then a goal',
    sent: [get('transaction_id=CLICKID', 'OK'), get('a=lsr&goal_id=2&transaction_id=CLICKID&amount=5', 'OK')],
    ends: [approved('0'), approved('5')],
  },
  {
    name: 'a sale that is rejected late',
    sent: [sale, daysLater(60, get('transaction_id=CLICKID&adv_sub=O-1&status=rejected', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('40')] },
];
