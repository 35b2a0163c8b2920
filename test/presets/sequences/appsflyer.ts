import type { Sequence } from '../sequence-runner';
import { approved, get, retried } from './steps';

const install = get('clickid=CLICKID&event_name=install&event_time=2026-11-23+11%3A30%3A00.000', 'OK');
const purchase = get(
  'clickid=CLICKID&event_name=af_purchase&event_revenue=9.99&event_revenue_currency=USD&event_time=2026-11-23+11%3A40%3A00.000&txid=G-1',
  'OK',
);

export const sequences: readonly Sequence[] = [
  {
    name: 'an install and two purchases',
    sent: [
      install,
      purchase,
      get(
        'clickid=CLICKID&event_name=af_purchase&event_revenue=4.99&event_revenue_currency=USD&event_time=2026-11-23+11%3A50%3A00.000&txid=G-2',
        'OK',
      ),
    ],
    ends: [approved('0'), approved('9.99'), approved('4.99')],
  },
  {
    name: 'a refund as revenue below zero, where the integration allows corrections',
    integration: { adjustments: true },
    sent: [
      purchase,
      get(
        'clickid=CLICKID&event_name=af_purchase&event_revenue=-4.00&event_revenue_currency=USD&event_time=2026-11-23+11%3A55%3A00.000&txid=G-1',
        'OK_UPDATED',
      ),
    ],
    ends: [approved('5.99')],
  },
  {
    name: 'four retries, a quarter of an hour apart',
    sent: [purchase, retried(purchase), retried(purchase)],
    ends: [approved('9.99')],
  },
];
