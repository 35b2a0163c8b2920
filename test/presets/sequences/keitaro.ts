import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried } from './steps';

const sale = get('subid=CLICKID&status=sale&payout=50&tid=1', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a lead without money, then the sale',
    sent: [get('subid=CLICKID&status=lead&payout=0', 'OK'), get('subid=CLICKID&status=sale&payout=50', 'OK_UPDATED')],
    ends: [approved('50')],
  },
  {
    name: 'the sale overtakes its lead',
    sent: [get('subid=CLICKID&status=sale&payout=50', 'OK'), get('subid=CLICKID&status=lead&payout=0')],
    ends: [approved('50')],
  },
  {
    name: 'a lead that is rejected',
    sent: [
      get('subid=CLICKID&status=lead&payout=10', 'OK'),
      get('subid=CLICKID&status=rejected&payout=10', 'OK_UPDATED'),
    ],
    ends: [rejected()],
  },
  {
    name: 'a sale, rejected weeks later',
    sent: [sale, daysLater(40, get('subid=CLICKID&status=rejected&tid=1', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'a sale and its rebill, each with a number of its own',
    sent: [sale, daysLater(30, get('subid=CLICKID&status=rebill&payout=15&tid=2', 'OK'))],
    ends: [approved('50'), approved('15')],
  },
  {
    name: 'statuses taught in the URL',
    sent: [
      get('subid=CLICKID&status=2&payout=0&lead_status=2,5&sale_status=1&rejected_status=3', 'OK'),
      get('subid=CLICKID&status=1&payout=50&lead_status=2,5&sale_status=1&rejected_status=3', 'OK_UPDATED'),
    ],
    ends: [approved('50')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('50')] },
];
