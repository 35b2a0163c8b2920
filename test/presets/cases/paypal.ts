import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (name: string, body: string, expect: GoldenCase['expect']): GoldenCase => ({
  name,
  method: 'POST',
  headers: form,
  body,
  expect,
});

export const cases: readonly GoldenCase[] = [
  post(
    'a payment of a button',
    'mc_gross=10.00&protection_eligibility=Eligible&payment_status=Completed&charset=windows-1252&mc_fee=0.74&notify_version=3.8&custom=CLICKID&txn_id=4RU183819R963914R&payment_type=instant&txn_type=web_accept&mc_currency=USD&residence_country=US',
    recorded({
      event: 'conversion',
      transactionId: '4RU183819R963914R',
      status: 'approved',
      amount: '10',
      currency: 'USD',
    }),
  ),
  post(
    'a payment of a cart',
    'mc_gross=32.40&payment_status=Completed&custom=CLICKID&txn_id=T2&txn_type=cart&mc_currency=EUR&num_cart_items=2&mc_gross_1=20.00&mc_gross_2=12.40',
    recorded({ event: 'conversion', transactionId: 'T2', amount: '32.4', currency: 'EUR' }),
  ),
  post(
    'an eCheck that is not yet cleared',
    'mc_gross=20.00&payment_status=Pending&pending_reason=echeck&custom=CLICKID&txn_id=T3&txn_type=web_accept&mc_currency=USD',
    recorded({ transactionId: 'T3', status: 'pending', amount: '20' }),
  ),
  post(
    'a payment that the seller denied',
    'mc_gross=20.00&payment_status=Denied&custom=CLICKID&txn_id=T4&mc_currency=USD',
    recorded({ transactionId: 'T4', status: 'rejected', amount: '20' }),
  ),
  post(
    'a payment of a subscription, by its own number',
    'mc_gross=9.90&payment_status=Completed&custom=CLICKID&txn_id=T5&txn_type=subscr_payment&subscr_id=I-1&mc_currency=USD',
    recorded({ event: 'conversion', transactionId: 'T5', amount: '9.9' }),
  ),
  post(
    'the click ID as invoice',
    'mc_gross=5.00&payment_status=Completed&custom=&invoice=CLICKID&txn_id=T6&txn_type=express_checkout&mc_currency=GBP',
    recorded({ transactionId: 'T6', amount: '5', currency: 'GBP' }),
  ),
  post(
    'a reversal that was cancelled names the payment',
    'mc_gross=20.00&payment_status=Canceled_Reversal&custom=CLICKID&txn_id=T8&parent_txn_id=T7&mc_currency=USD',
    recorded({ event: 'conversion', transactionId: 'T7', status: 'approved', amount: '20' }),
  ),
  post(
    'a status that PayPal does not have',
    'mc_gross=20.00&payment_status=Odd&custom=CLICKID&txn_id=T9&mc_currency=USD',
    rejected('STATUS_UNKNOWN', '"payment_status"', 'Odd'),
  ),
  post(
    'a payment of somebody who came without a click',
    'mc_gross=20.00&payment_status=Completed&custom=351&txn_id=T10&mc_currency=USD',
    rejected('CLICK_ID_MALFORMED', '"custom"'),
  ),
];
