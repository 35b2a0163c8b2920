import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, retried, reversed } from './steps';

const sale = get('tid=CLICKID&amount=37.25&txid=ABCD1234&event=SALE', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'a sale and its refund, told by the event',
    sent: [sale, daysLater(20, get('tid=CLICKID&amount=37.25&txid=ABCD1234&event=RFND'))],
    ends: [reversed()],
  },
  {
    name: 'a refund of a part',
    sent: [sale, get('tid=CLICKID&amount=10&txid=ABCD1234&event=RFND', undefined, 'PARTIAL_REVERSAL')],
    ends: [approved('27.25')],
  },
  {
    name: 'a refund by the status, with the event of the sale',
    sent: [sale, get('tid=CLICKID&amount=37.25&txid=ABCD1234&event=SALE&status=refund', 'OK_UPDATED')],
    ends: [reversed()],
  },
  {
    name: 'a chargeback after the window',
    sent: [sale, daysLater(120, get('tid=CLICKID&amount=37.25&txid=ABCD1234&event=CGBK'))],
    ends: [reversed()],
  },
  {
    name: 'a chargeback by the other word for it',
    sent: [sale, daysLater(20, get('tid=CLICKID&amount=37.25&txid=ABCD1234&event=CHGBK'))],
    ends: [reversed()],
  },
  {
    name: 'a bounced eCheck',
    sent: [sale, daysLater(5, get('tid=CLICKID&amount=37.25&txid=ABCD1234&event=INSF'))],
    ends: [reversed()],
  },
  {
    name: 'a rebill has a receipt of its own',
    sent: [sale, daysLater(30, get('tid=CLICKID&amount=12&txid=ABCD1234-B002&event=BILL', 'OK'))],
    ends: [approved('37.25'), approved('12')],
  },
  {
    name: 'a test is answered and not recorded',
    sent: [get('tid=CLICKID&amount=37.25&txid=T-1&event=TEST_SALE', 'OK_IGNORED')],
    ends: [],
  },
  {
    name: 'a subscription that is cancelled keeps its sale',
    sent: [sale, get('tid=CLICKID&txid=ABCD1234&event=CANCEL-REBILL', 'OK_IGNORED')],
    ends: [approved('37.25')],
  },
  { name: 'a retry', sent: [sale, retried(sale)], ends: [approved('37.25')] },
];
