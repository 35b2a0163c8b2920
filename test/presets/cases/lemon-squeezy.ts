import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

type Fields = Readonly<Record<string, unknown>>;
const json = { 'content-type': 'application/json' };
const event = (
  name: string,
  eventName: string,
  attributes: Fields,
  expect: GoldenCase['expect'],
  custom: Fields = { clickid: 'CLICKID' },
): GoldenCase => ({
  name,
  method: 'POST',
  headers: { ...json, 'x-event-name': eventName },
  query: '',
  body: JSON.stringify({
    meta: { event_name: eventName, custom_data: custom },
    data: {
      type: 'orders',
      id: '12345',
      attributes: {
        store_id: 1,
        customer_id: 99_999,
        identifier: '104e18a2-d755-4d4b-80c4-a6c1dcbe1c10',
        order_number: 1042,
        currency: 'USD',
        currency_rate: '1.0000',
        subtotal: 2499,
        tax: 500,
        total: 2999,
        total_usd: 2999,
        refunded_amount: 0,
        status: 'paid',
        refunded: false,
        refunded_at: null,
        first_order_item: { product_id: 5555, price: 1900 },
        created_at: '2026-11-23T11:30:00.000000Z',
        test_mode: false,
        ...attributes,
      },
    },
  }),
  expect,
});

export const cases: readonly GoldenCase[] = [
  event(
    'an order that was paid',
    'order_created',
    {},
    recorded({ event: 'conversion', transactionId: '12345', status: 'approved', amount: '29.99', currency: 'USD' }),
  ),
  event('an order that is not paid yet', 'order_created', { status: 'pending' }, recorded({ status: 'pending' })),
  event('an order whose payment failed', 'order_created', { status: 'failed' }, recorded({ status: 'rejected' })),
  event(
    'a renewal of a subscription',
    'subscription_payment_success',
    { billing_reason: 'renewal', total: 900, currency: 'EUR' },
    recorded({ status: 'approved', amount: '9', currency: 'EUR' }),
  ),
  event(
    'a subscription beside its order',
    'subscription_created',
    { status: 'active' },
    { status: 200, result: 'ignored', reason: 'OK_IGNORED' },
  ),
  event(
    'its first invoice',
    'subscription_payment_success',
    { billing_reason: 'initial' },
    { status: 200, result: 'ignored', reason: 'OK_IGNORED' },
  ),
  event(
    'an order of test mode',
    'order_created',
    { test_mode: true },
    { status: 200, result: 'test', reason: 'OK_TEST' },
  ),
  event('somebody who came without a click', 'order_created', {}, rejected('CLICK_ID_MISSING'), {
    user_id: 'usr_abc123',
  }),
  event(
    'an event that is not known',
    'affiliate_activated',
    {},
    rejected('STATUS_UNKNOWN', '"meta.event_name"', 'affiliate_activated'),
  ),
];
