import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const json = { 'content-type': 'application/json', 'user-agent': 'WooCommerce/3.9.1 Hookshot (WordPress/5.3.2)' };
const order = (
  name: string,
  fields: Readonly<Record<string, unknown>>,
  expect: GoldenCase['expect'],
  integration?: GoldenCase['integration'],
): GoldenCase => ({
  name,
  method: 'POST',
  headers: json,
  body: JSON.stringify({
    id: 4750,
    parent_id: 0,
    number: '4750',
    order_key: 'wc_order_Q6tuhq12KJOel',
    created_via: 'checkout',
    version: '3.9.1',
    status: 'processing',
    currency: 'USD',
    date_created: '2026-11-23T16:54:40',
    date_created_gmt: '2026-11-23T11:24:40',
    date_modified: '2026-11-23T16:54:41',
    date_modified_gmt: '2026-11-23T11:24:41',
    discount_total: '0.00',
    shipping_total: '200.00',
    total: '4252.00',
    total_tax: '0.00',
    prices_include_tax: true,
    customer_note: '',
    payment_method: 'bacs',
    transaction_id: '',
    meta_data: [
      { id: 90, key: 'is_vat_exempt', value: 'no' },
      { id: 91, key: '_clickid', value: 'CLICKID' },
    ],
    line_items: [{ id: 90, quantity: 1, total: '4052.00' }],
    ...fields,
  }),
  ...(integration !== undefined && { integration }),
  expect,
});

export const cases: readonly GoldenCase[] = [
  order(
    'an order that was paid',
    {},
    recorded(
      { event: 'conversion', transactionId: '4750', status: 'approved', amount: '4252', currency: 'USD' },
      'NAME_GUESSED',
    ),
  ),
  order('an order that was delivered', { status: 'completed' }, recorded({ status: 'approved' })),
  order('an order that waits for its transfer', { status: 'on-hold' }, recorded({ status: 'pending' })),
  order('an order that was not paid yet', { status: 'pending' }, recorded({ status: 'pending' })),
  order('a payment that failed', { status: 'failed' }, recorded({ status: 'rejected' })),
  order('an order that was cancelled', { status: 'cancelled' }, recorded({ status: 'rejected' })),
  order(
    'an order in pesos without cents',
    { currency: 'CLP', total: '25990' },
    recorded({ amount: '25990', currency: 'CLP' }),
  ),
  order('a status of a plugin that the integration maps', { status: 'shipped' }, recorded({ status: 'approved' }), {
    statuses: { shipped: 'approved' },
  }),
  order('a status of a plugin that nothing maps', { status: 'shipped' }, rejected('STATUS_UNKNOWN', 'shipped')),
  order('an order without the field', { meta_data: [] }, rejected('CLICK_ID_MISSING')),
];
