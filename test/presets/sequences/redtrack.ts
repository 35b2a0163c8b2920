import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried } from './steps';

const sale = get('clickid=CLICKID&sum=50&type=Purchase&rdtk_event_id=E1', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'the amount comes with the approval',
    sent: [
      get('clickid=CLICKID&type=Purchase&status=Pending', 'OK'),
      get('clickid=CLICKID&type=Purchase&status=Approved&sum=50', 'OK_UPDATED'),
    ],
    ends: [approved('50')],
  },
  {
    name: 'declined after the window',
    sent: [sale, daysLater(120, get('clickid=CLICKID&type=Purchase&rdtk_event_id=E1&status=Declined', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'two events of one type',
    sent: [sale, get('clickid=CLICKID&sum=20&type=Purchase&rdtk_event_id=E2', 'OK')],
    ends: [approved('50'), approved('20')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('50')] },
];
