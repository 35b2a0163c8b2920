import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried, reversed } from './steps';

const sale = get('cnv_id=CLICKID&payout=12&cnv_status=approve', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a lead without money, then the approval',
    sent: [
      get('cnv_id=CLICKID&payout=0&cnv_status=lead', 'OK'),
      get('cnv_id=CLICKID&payout=12&cnv_status=approve', 'OK_UPDATED'),
    ],
    ends: [approved('12')],
  },
  {
    name: 'on hold, then rejected',
    sent: [
      get('cnv_id=CLICKID&payout=12&cnv_status=hold', 'OK'),
      get('cnv_id=CLICKID&payout=12&cnv_status=reject', 'OK_UPDATED'),
    ],
    ends: [rejected()],
  },
  {
    name: 'a new payout replaces the old one',
    sent: [sale, get('cnv_id=CLICKID&payout=15&cnv_status=approve', 'OK_UPDATED')],
    ends: [approved('15')],
  },
  {
    name: 'an upsell is added where the integration says so',
    integration: { duplicates: { default: 'increment' } },
    sent: [sale, get('cnv_id=CLICKID&payout=3&cnv_status=approve', 'OK_UPDATED')],
    ends: [approved('15')],
  },
  {
    name: 'a chargeback after months',
    sent: [sale, daysLater(100, get('cnv_id=CLICKID&cnv_status=chargeback', 'OK_UPDATED'))],
    ends: [reversed()],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('12')] },
];
