import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried } from './steps';

const sale = get('click_id=CLICKID&payout=7&transaction_id=S1&conv_status=approved', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'the payout comes with the approval',
    sent: [
      get('click_id=CLICKID&transaction_id=S1&conv_status=pending', 'OK'),
      get('click_id=CLICKID&transaction_id=S1&conv_status=approved&payout=7', 'OK_UPDATED'),
    ],
    ends: [approved('7')],
  },
  {
    name: 'a change of the payout, where the integration takes changes',
    integration: { duplicates: { default: 'update' } },
    sent: [sale, get('click_id=CLICKID&payout=5&transaction_id=S1&conv_status=approved', 'OK_UPDATED')],
    ends: [approved('5')],
  },
  {
    name: 'put in the trash later',
    sent: [sale, daysLater(30, get('click_id=CLICKID&transaction_id=S1&conv_status=trash', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('7')] },
];
