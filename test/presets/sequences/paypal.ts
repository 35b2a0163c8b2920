import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

const ipn = (fields: string, date: string): string =>
  `${fields}&custom=CLICKID&mc_currency=USD&payment_date=${encodeURIComponent(date)}&charset=windows-1252`;
const payment = post(
  ipn('payment_status=Completed&txn_type=web_accept&txn_id=T1&mc_gross=10.00', '03:40:00 Nov 23, 2026 PST'),
  'OK',
);
const refund = (amount: string): string =>
  ipn(
    `payment_status=Refunded&reason_code=refund&txn_id=T2&parent_txn_id=T1&mc_gross=${amount}`,
    '05:00:00 Nov 24, 2026 PST',
  );

export const sequences: readonly Sequence[] = [
  {
    name: 'an eCheck that is cleared',
    sent: [
      post(
        ipn('payment_status=Pending&txn_type=web_accept&txn_id=T1&mc_gross=10.00', '03:40:00 Nov 23, 2026 PST'),
        'OK',
      ),
      daysLater(
        4,
        post(
          ipn('payment_status=Completed&txn_type=web_accept&txn_id=T1&mc_gross=10.00', '02:10:00 Nov 27, 2026 PST'),
          'OK_UPDATED',
        ),
      ),
    ],
    ends: [approved('10')],
  },
  { name: 'a refund', sent: [payment, daysLater(2, post(refund('-10.00'), 'OK_UPDATED'))], ends: [reversed()] },
  {
    name: 'a refund of a part',
    sent: [payment, daysLater(2, post(refund('-4.00'), 'OK_UPDATED', 'PARTIAL_REVERSAL'))],
    ends: [approved('6')],
  },
  {
    name: 'a dispute that the seller wins',
    sent: [
      payment,
      daysLater(
        20,
        post(
          ipn(
            'payment_status=Reversed&reason_code=chargeback&txn_id=T3&parent_txn_id=T1&mc_gross=-10.00',
            '01:00:00 Dec 13, 2026 PST',
          ),
          'OK_UPDATED',
        ),
      ),
      daysLater(
        40,
        post(
          ipn(
            'payment_status=Canceled_Reversal&txn_id=T4&parent_txn_id=T1&mc_gross=10.00',
            '01:00:00 Jan 22, 2027 PST',
          ),
          'OK_UPDATED',
        ),
      ),
    ],
    ends: [approved('10')],
  },
  {
    name: 'a chargeback after the window',
    sent: [
      payment,
      daysLater(
        120,
        post(
          ipn(
            'payment_status=Reversed&reason_code=chargeback&txn_id=T3&parent_txn_id=T1&mc_gross=-10.00',
            '01:00:00 Mar 23, 2027 PDT',
          ),
          'OK_UPDATED',
        ),
      ),
    ],
    ends: [reversed()],
  },
  {
    name: 'a subscription: its start moves no money, each payment does',
    sent: [
      post('txn_type=subscr_signup&subscr_id=I-1&mc_amount3=9.90&custom=CLICKID&mc_currency=USD', 'OK_IGNORED'),
      post(
        ipn('payment_status=Completed&txn_type=subscr_payment&txn_id=S1&mc_gross=9.90', '03:50:00 Nov 23, 2026 PST'),
        'OK',
      ),
      daysLater(
        31,
        post(
          ipn('payment_status=Completed&txn_type=subscr_payment&txn_id=S2&mc_gross=9.90', '03:50:00 Dec 24, 2026 PST'),
          'OK',
        ),
      ),
    ],
    ends: [approved('9.9'), approved('9.9')],
  },
  { name: 'a retry', sent: [payment, retried(payment)], ends: [approved('10')] },
];
