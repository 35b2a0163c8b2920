import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, retried, reversed } from './steps';

const complete = get('status=1&trans_id=88123&subid_1=CLICKID&amount_usd=0.85&type=complete', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a survey that is charged back weeks later, as another type',
    sent: [
      complete,
      daysLater(40, get('status=2&trans_id=88123&subid_1=CLICKID&amount_usd=0.85&type=out', 'OK_UPDATED')),
    ],
    ends: [reversed()],
  },
  {
    name: 'a URL for cancelled events that fixes the amount at 0',
    sent: [complete, get('status=2&trans_id=88123&subid_1=CLICKID&amount_usd=0&type=canceled', 'OK_UPDATED')],
    ends: [reversed()],
  },
  {
    name: 'a survey and a bonus',
    sent: [complete, get('status=1&trans_id=88124&subid_1=CLICKID&amount_usd=0.01&type=bonus', 'OK')],
    ends: [approved('0.85'), approved('0.01')],
  },
  { name: 'a retry', sent: [complete, retried(complete)], ends: [approved('0.85')] },
];
