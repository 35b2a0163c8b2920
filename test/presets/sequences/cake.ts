import type { Sequence } from '../sequence-runner';
import { approved, get, retried } from './steps';

const sale = get('o=12&f=pb&t=L77&r=CLICKID&ap=12.34', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'two conversions by their transaction IDs',
    sent: [sale, get('o=12&f=pb&t=L78&r=CLICKID&ap=5', 'OK')],
    ends: [approved('12.34'), approved('5')],
  },
  {
    name: 'a lead and a sale by their events',
    sent: [get('o=12&e=1&r=CLICKID', 'OK'), get('o=12&e=2&r=CLICKID&p=61.00', 'OK')],
    ends: [approved('0'), approved('61')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('12.34')] },
];
