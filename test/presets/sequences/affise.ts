import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried } from './steps';

const paid = get('clickid=CLICKID&action_id=A1&status=1&sum=30', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'pending without money, then approved',
    sent: [get('clickid=CLICKID&status=2&sum=0', 'OK'), get('clickid=CLICKID&status=1&sum=30', 'OK_UPDATED')],
    ends: [approved('30')],
  },
  {
    name: 'on hold, then approved',
    sent: [
      get('clickid=CLICKID&action_id=A1&status=5&sum=30', 'OK'),
      get('clickid=CLICKID&action_id=A1&status=1&sum=30', 'OK_UPDATED'),
    ],
    ends: [approved('30')],
  },
  {
    name: 'a correction of the sum',
    sent: [paid, get('clickid=CLICKID&action_id=A1&status=1&sum=25', 'OK_UPDATED')],
    ends: [approved('25')],
  },
  {
    name: 'declined after the window',
    sent: [paid, daysLater(120, get('clickid=CLICKID&action_id=A1&status=3&sum=30', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'two goals of one click',
    sent: [get('clickid=CLICKID&goal=1&status=1&sum=2', 'OK'), get('clickid=CLICKID&goal=2&status=1&sum=30', 'OK')],
    ends: [approved('2'), approved('30')],
  },
  { name: 'a retry', sent: [paid, retried(paid)], ends: [approved('30')] },
];
