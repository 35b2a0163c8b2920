import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, retried, reversed } from './steps';

const done = get('clickid=CLICKID&payout=1.25&conversion_id=c1', 'OK');
const integration = { statuses: { given: 'approved', taken_back: 'reversed' } };

export const sequences: readonly Sequence[] = [
  {
    name: 'an offer that is charged back',
    integration,
    sent: [done, daysLater(30, get('clickid=CLICKID&payout=1.25&conversion_id=c1&state=taken_back', 'OK_UPDATED'))],
    ends: [reversed()],
  },
  {
    name: 'a chargeback with its payout below zero',
    integration,
    sent: [done, get('clickid=CLICKID&payout=-1.25&conversion_id=c1&state=taken_back', 'OK_UPDATED')],
    ends: [reversed()],
  },
  {
    name: 'an offer that is pending, approved, and reversed in its own words',
    sent: [
      get('clickid=CLICKID&payout=1.25&conversion_id=c1&state=pending', 'OK'),
      daysLater(1, get('clickid=CLICKID&payout=1.25&conversion_id=c1&state=approved', 'OK_UPDATED')),
      daysLater(30, get('clickid=CLICKID&payout=1.25&conversion_id=c1&state=rejected', 'OK_UPDATED')),
    ],
    ends: [{ status: 'rejected', payable: '0', currency: 'USD' }],
  },
  { name: 'a retry', sent: [done, retried(done)], ends: [approved('1.25')] },
];
