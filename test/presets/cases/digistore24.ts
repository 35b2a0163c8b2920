import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (
  name: string,
  body: string,
  expect: GoldenCase['expect'],
  more: Partial<GoldenCase> = {},
): GoldenCase => ({
  name,
  method: 'POST',
  headers: form,
  body,
  expect,
  ...more,
});

export const cases: readonly GoldenCase[] = [
  post(
    'a payment',
    'event=on_payment&event_label=payment&order_id=A3NXHEHF&transaction_id=71001&transaction_amount=49.99&currency=EUR&transaction_currency=EUR&custom=CLICKID&product_id=122343&pay_sequence_no=0',
    recorded({ event: 'conversion', transactionId: '71001', status: 'approved', amount: '49.99', currency: 'EUR' }),
  ),
  post(
    'the second payment of a subscription has a transaction of its own',
    'event=on_payment&order_id=A3NXHEHF&transaction_id=71055&transaction_amount=49.99&transaction_currency=EUR&custom=CLICKID&pay_sequence_no=2',
    recorded({ transactionId: '71055', status: 'approved', amount: '49.99' }),
  ),
  post(
    'an upsell of the same order',
    'event=on_payment&order_id=A3NXHEHF&transaction_id=71002&transaction_amount=19.00&transaction_currency=EUR&custom=CLICKID&product_id=122344',
    recorded({ transactionId: '71002', amount: '19' }),
  ),
  post(
    'the click ID as campaign key',
    'event=on_payment&order_id=B1&transaction_id=71003&transaction_amount=10&transaction_currency=USD&campaignkey=CLICKID',
    recorded({ transactionId: '71003', amount: '10', currency: 'USD' }),
  ),
  post(
    'the click ID as tracking key',
    'event=on_payment&order_id=B2&transaction_id=71004&transaction_amount=10&transaction_currency=USD&trackingkey=CLICKID',
    recorded({ transactionId: '71004' }),
  ),
  post(
    'the share of the affiliate, where the integration says so',
    'event=on_payment&order_id=B3&transaction_id=71005&transaction_amount=100&amount_affiliate=40&transaction_currency=EUR&custom=CLICKID',
    recorded({ amount: '40' }),
    { integration: { parameters: { amount: ['amount_affiliate'] } } },
  ),
  post(
    'an event of the integration in the URL',
    'event=on_payment&order_id=B4&transaction_id=71006&transaction_amount=10&transaction_currency=EUR&custom=CLICKID',
    recorded({ event: 'course', transactionId: '71006' }),
    { query: 'goal=course' },
  ),
  post(
    'a buyer and a signature are let pass',
    'event=on_payment&order_id=B5&transaction_id=71007&transaction_amount=10&transaction_currency=EUR&custom=CLICKID&email=ada%40shop.example&address_first_name=Ada&sha_sign=AB12',
    recorded({ transactionId: '71007' }),
  ),
  post(
    'an order that brings no click ID',
    'event=on_payment&order_id=B6&transaction_id=71008&transaction_amount=10&transaction_currency=EUR&custom=',
    rejected('CLICK_ID_MISSING'),
  ),
  post(
    'an event that Digistore24 adds later',
    'event=on_something_new&order_id=B7&transaction_id=71009&custom=CLICKID',
    rejected('STATUS_UNKNOWN', '"event"', 'on_something_new'),
  ),
];
