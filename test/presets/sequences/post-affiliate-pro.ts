import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, rejected, retried } from './steps';

const sale = get('TotalCost=120.50&OrderID=ORD_1&visitorId=CLICKID', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'pending, then approved',
    sent: [
      get('TotalCost=10&OrderID=1&PStatus=P&visitorId=CLICKID', 'OK'),
      get('TotalCost=10&OrderID=1&PStatus=A&visitorId=CLICKID', 'OK_UPDATED'),
    ],
    ends: [approved('10')],
  },
  {
    name: 'approved, then declined',
    sent: [sale, daysLater(14, get('TotalCost=120.50&OrderID=ORD_1&PStatus=D&visitorId=CLICKID', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'each sale of a list is a conversion',
    sent: [
      get(
        `visitorId=CLICKID&accountId=default1&sales=${encodeURIComponent('[{"t":"120.50","o":"ORD_1"},{"t":"30","o":"ORD_2"}]')}`,
      ),
    ],
    ends: [approved('120.5'), approved('30')],
  },
  { name: 'a thank-you page that is loaded again', sent: [sale, retried(sale)], ends: [approved('120.5')] },
];
