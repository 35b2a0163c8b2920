import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const json = { 'content-type': 'application/json' };
const purchase = (
  name: string,
  event: string,
  fields: Readonly<Record<string, unknown>>,
  expect: GoldenCase['expect'],
  query = '',
): GoldenCase => ({
  name,
  method: 'POST',
  headers: json,
  query,
  body: JSON.stringify({
    id: '545e7d21-8fc4-4906-8fba-dcd7889f6481',
    creation_date: Date.UTC(2026, 10, 23, 11, 20),
    event,
    version: '2.0.0',
    data: {
      product: { id: 0, name: 'Produto', has_co_production: false },
      commissions: [
        { value: 149.5, source: 'MARKETPLACE', currency_value: 'BRL' },
        { value: 1350.5, source: 'PRODUCER', currency_value: 'BRL' },
      ],
      purchase: {
        order_date: Date.UTC(2026, 10, 23, 11, 15),
        full_price: { value: 1500, currency_value: 'BRL' },
        price: { value: 1500, currency_value: 'BRL' },
        original_offer_price: { value: 1500, currency_value: 'BRL' },
        status: 'APPROVED',
        transaction: 'HP16015479281022',
        payment: { installments_number: 12, type: 'CREDIT_CARD' },
        origin: { xcod: 'CLICKID' },
        ...fields,
      },
    },
  }),
  expect,
});

export const cases: readonly GoldenCase[] = [
  purchase(
    'a purchase that was approved',
    'PURCHASE_APPROVED',
    {},
    recorded({
      event: 'conversion',
      transactionId: 'HP16015479281022',
      status: 'approved',
      amount: '1500',
      currency: 'BRL',
    }),
  ),
  purchase('a purchase whose guarantee is over', 'PURCHASE_COMPLETE', {}, recorded({ status: 'approved' })),
  purchase('a purchase that is late', 'PURCHASE_DELAYED', { status: 'DELAYED' }, recorded({ status: 'pending' })),
  purchase('a purchase that was cancelled', 'PURCHASE_CANCELED', {}, recorded({ status: 'rejected' })),
  purchase('a purchase that expired', 'PURCHASE_EXPIRED', {}, recorded({ status: 'rejected' })),
  purchase(
    'a price with cents',
    'PURCHASE_APPROVED',
    { price: { value: 97.9, currency_value: 'USD' } },
    recorded({ amount: '97.9', currency: 'USD' }),
  ),
  purchase(
    'the click ID as sck of the payment link',
    'PURCHASE_APPROVED',
    { origin: {}, sckPaymentLink: 'CLICKID' },
    recorded({ transactionId: 'HP16015479281022', amount: '1500' }),
  ),
  purchase(
    'an event of the integration in the URL',
    'PURCHASE_APPROVED',
    {},
    recorded({ event: 'course' }),
    'goal=course',
  ),
  purchase('a purchase that brings no click ID', 'PURCHASE_APPROVED', { origin: {} }, rejected('CLICK_ID_MISSING')),
  purchase(
    'an event that Hotmart adds later',
    'PURCHASE_SOMETHING',
    {},
    rejected('STATUS_UNKNOWN', '"event"', 'PURCHASE_SOMETHING'),
  ),
];
