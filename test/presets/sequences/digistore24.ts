import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

const ipn = (event: string, transaction: string, amount: string, order = 'A3NXHEHF'): string =>
  `event=${event}&order_id=${order}&transaction_id=${transaction}&transaction_amount=${amount}&transaction_currency=EUR&custom=CLICKID`;
const payment = post(ipn('on_payment', '71001', '49.99'), 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'the test of the connection',
    sent: [post('event=connection_test&api_mode=live', 'OK_IGNORED')],
    ends: [],
  },
  {
    name: 'a refund has a transaction of its own and an amount below zero',
    sent: [payment, daysLater(10, post(ipn('on_refund', '71900', '-49.99')))],
    ends: [reversed('EUR')],
  },
  {
    name: 'a refund of a part',
    sent: [payment, post(ipn('on_refund', '71901', '-20.00'), undefined, 'PARTIAL_REVERSAL')],
    ends: [approved('29.99', 'EUR')],
  },
  {
    name: 'a chargeback after the window',
    sent: [payment, daysLater(120, post(ipn('on_chargeback', '71902', '-49.99')))],
    ends: [reversed('EUR')],
  },
  {
    name: 'the second payment of a subscription',
    sent: [payment, daysLater(30, post(ipn('on_payment', '71055', '49.99'), 'OK'))],
    ends: [approved('49.99', 'EUR'), approved('49.99', 'EUR')],
  },
  {
    name: 'the refund of the second of two orders',
    sent: [
      payment,
      post(ipn('on_payment', '71002', '49.99', 'B7'), 'OK'),
      post(ipn('on_refund', '71903', '-49.99', 'B7'), 'OK_UPDATED'),
      post(ipn('on_refund', '71904', '-20.00'), 'OK_UPDATED', 'PARTIAL_REVERSAL'),
    ],
    ends: [approved('29.99', 'EUR'), reversed('EUR')],
  },
  {
    name: 'the refund of an order that comes after it, beside another one',
    sent: [
      payment,
      post(ipn('on_refund', '71905', '-49.99', 'B7'), 'OK', 'REVERSAL_WITHOUT_SALE'),
      post(ipn('on_payment', '71003', '49.99', 'B7')),
    ],
    ends: [approved('49.99', 'EUR'), reversed('EUR')],
  },
  {
    name: 'the refunds of two payments of a subscription, each of its amount',
    sent: [
      payment,
      daysLater(30, post(ipn('on_payment', '71055', '19.99'), 'OK')),
      post(ipn('on_refund', '71906', '-19.99'), 'OK_UPDATED'),
      post(ipn('on_refund', '71907', '-49.99'), 'OK_UPDATED'),
    ],
    ends: [reversed('EUR'), reversed('EUR')],
  },
  {
    name: 'a missed payment and the end of the subscription change nothing',
    sent: [
      payment,
      daysLater(31, post('event=on_payment_missed&order_id=A3NXHEHF&custom=CLICKID', 'OK_IGNORED')),
      daysLater(5, post('event=last_paid_day&order_id=A3NXHEHF&custom=CLICKID', 'OK_IGNORED')),
    ],
    ends: [approved('49.99', 'EUR')],
  },
  { name: 'a retry', sent: [payment, retried(payment)], ends: [approved('49.99', 'EUR')] },
];
