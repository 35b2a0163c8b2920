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
  ...(['/track/conv-change', '/track/conv-addchange'] as const).map((path) => ({
    name: `a change of the payout by ${path}`,
    sent: [
      { ...get('click_id=CLICKID&transaction_id=1&payout=10', 'OK'), path: '/track/conv' },
      { ...get('click_id=CLICKID&transaction_id=1&payout=8', 'OK_UPDATED'), path },
    ],
    ends: [approved('8')],
  })),
  {
    name: 'no change by the path that adds',
    sent: [
      { ...get('click_id=CLICKID&transaction_id=1&payout=10', 'OK'), path: '/track/conv' },
      { ...get('click_id=CLICKID&transaction_id=1&payout=8', 'CONFLICTING_DUPLICATE'), path: '/track/conv' },
    ],
    ends: [approved('10')],
  },
  {
    name: 'a mode of the integration comes before that of the path',
    integration: { duplicates: { default: 'ignore' } },
    sent: [
      { ...get('click_id=CLICKID&transaction_id=1&payout=10', 'OK'), path: '/track/conv' },
      { ...get('click_id=CLICKID&transaction_id=1&payout=8', 'CONFLICTING_DUPLICATE'), path: '/track/conv-change' },
    ],
    ends: [approved('10')],
  },
  {
    name: 'put in the trash later',
    sent: [sale, daysLater(30, get('click_id=CLICKID&transaction_id=S1&conv_status=trash', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('7')] },
];
