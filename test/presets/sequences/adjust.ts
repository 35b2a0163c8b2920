import type { Sequence } from '../sequence-runner';
import { approved, get, rejected, retried } from './steps';

const at = Date.UTC(2026, 10, 23, 11, 30) / 1000;
const install = get(`clickid=CLICKID&activity_kind=install&created_at=${at}`, 'OK');
const purchase = get(
  `clickid=CLICKID&activity_kind=event&event_name=purchase&revenue_float=1.99&currency=USD&created_at=${at + 60}&txid=G-1`,
  'OK',
);

export const sequences: readonly Sequence[] = [
  {
    name: 'an install, sessions and two purchases',
    sent: [
      install,
      get(`clickid=CLICKID&activity_kind=session&created_at=${at + 30}`, 'OK_IGNORED'),
      purchase,
      get(
        `clickid=CLICKID&activity_kind=event&event_name=purchase&revenue_float=4.99&currency=USD&created_at=${at + 90}&txid=G-2`,
        'OK',
      ),
    ],
    ends: [approved('0'), approved('1.99'), approved('4.99')],
  },
  {
    name: 'an install that is rejected as fraud',
    sent: [install, get(`clickid=CLICKID&activity_kind=rejected_install&created_at=${at + 10}`, 'OK_UPDATED')],
    ends: [rejected()],
  },
  {
    name: 'a revenue with the digits of a float',
    sent: [
      get(
        'clickid=CLICKID&activity_kind=event&event_name=purchase&revenue_float=0.19949999999999998&currency=USD',
        'OK',
        'AMOUNT_ROUNDED',
      ),
    ],
    ends: [approved('0.1995')],
  },
  { name: 'a retry', sent: [purchase, retried(purchase)], ends: [approved('1.99')] },
];
