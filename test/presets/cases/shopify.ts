import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const json = { 'content-type': 'application/json' };
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
    id: 4058476875,
    created_at: '2026-11-23T12:19:27+01:00',
    updated_at: '2026-11-23T12:22:38+01:00',
    number: 21,
    token: '5c095cf7e877e25812ea877f96d3de99',
    gateway: 'Bank Deposit',
    test: false,
    total_price: '2250.00',
    current_total_price: '2250.00',
    subtotal_price: '2250.00',
    total_tax: '0.00',
    currency: 'USD',
    financial_status: 'paid',
    name: '#1021',
    cancelled_at: null,
    line_items: [{ id: 1, price: '2250.00', quantity: 1 }],
    note_attributes: [
      { name: 'gift', value: 'no' },
      { name: 'clickid', value: 'CLICKID' },
    ],
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
      { event: 'conversion', transactionId: '4058476875', status: 'approved', amount: '2250', currency: 'USD' },
      'NAME_GUESSED',
    ),
  ),
  order('an order that waits for its bank deposit', { financial_status: 'pending' }, recorded({ status: 'pending' })),
  order('a card that is only authorized', { financial_status: 'authorized' }, recorded({ status: 'pending' })),
  order(
    'an order in another currency',
    { currency: 'EUR', total_price: '18.90', current_total_price: '18.90' },
    recorded({ amount: '18.9', currency: 'EUR' }),
  ),
  order(
    'an order after a refund of a part: the new total counts',
    { financial_status: 'partially_refunded', current_total_price: '2000.00' },
    recorded({ status: 'approved', amount: '2000' }),
  ),
  order(
    'an older shop that names no current total',
    { current_total_price: undefined, total_price: '75.50' },
    recorded({ amount: '75.5' }),
  ),
  order(
    'an authorization that was voided',
    { financial_status: 'voided', cancelled_at: '2026-11-23T12:22:38+01:00', cancel_reason: 'customer' },
    recorded({ status: 'rejected' }),
  ),
  order(
    'the attribute that the integration names',
    { note_attributes: [{ name: 'clickid', value: 'CLICKID' }] },
    recorded({ transactionId: '4058476875', amount: '2250' }),
    { parameters: { clickId: ['note_attributes.0.value'] } },
  ),
  order('an order without the attribute', { note_attributes: [] }, rejected('CLICK_ID_MISSING')),
  order(
    'a test order of Shopify',
    { test: true },
    { status: 200, result: 'test', reason: 'OK_TEST', conversion: { amount: '2250' } },
  ),
];
