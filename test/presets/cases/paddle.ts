import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

type Fields = Readonly<Record<string, unknown>>;
const json = { 'content-type': 'application/json' };
const event = (name: string, type: string, fields: Fields, expect: GoldenCase['expect']): GoldenCase => ({
  name,
  method: 'POST',
  headers: json,
  query: '',
  body: JSON.stringify({
    event_id: 'evt_01hv8x2axb33yr5y238zfwcn5p',
    event_type: type,
    occurred_at: '2026-11-23T11:30:00.155553Z',
    notification_id: 'ntf_01hv8x2azy7scaan4s0eb0273x',
    data: {
      id: 'txn_01hv8wptq8987qeep44cyrewp9',
      items: [{ price: { unit_price: { amount: '3000', currency_code: 'USD' }, custom_data: null }, quantity: 1 }],
      status: 'completed',
      origin: 'web',
      currency_code: 'USD',
      custom_data: { clickid: 'CLICKID' },
      details: {
        totals: { subtotal: '2500', tax: '500', total: '3000', grand_total: '3000', currency_code: 'USD' },
        adjusted_totals: { grand_total: '3000', currency_code: 'USD' },
      },
      ...fields,
    },
  }),
  expect,
});

export const cases: readonly GoldenCase[] = [
  event(
    'a transaction that is complete',
    'transaction.completed',
    {},
    recorded({
      event: 'conversion',
      transactionId: 'txn_01hv8wptq8987qeep44cyrewp9',
      status: 'approved',
      amount: '30',
      currency: 'USD',
    }),
  ),
  event(
    'a transaction that is paid, in a currency without digits',
    'transaction.paid',
    { currency_code: 'JPY', details: { totals: { grand_total: '3000', currency_code: 'JPY' } } },
    recorded({ status: 'approved', amount: '3000', currency: 'JPY' }),
  ),
  event('a transaction that was cancelled', 'transaction.canceled', {}, recorded({ status: 'rejected' })),
  event(
    'a checkout that was opened',
    'transaction.created',
    { status: 'draft', details: {} },
    { status: 200, result: 'ignored', reason: 'OK_IGNORED' },
  ),
  event(
    'a renewal whose payment failed',
    'transaction.past_due',
    { status: 'past_due' },
    { status: 200, result: 'ignored', reason: 'OK_IGNORED' },
  ),
  event(
    'the other name of the click ID',
    'transaction.completed',
    { custom_data: { click_id: 'CLICKID' } },
    recorded({ status: 'approved', amount: '30' }),
  ),
  event('a customer without a click', 'transaction.completed', { custom_data: null }, rejected('CLICK_ID_MISSING')),
  event(
    'an adjustment that carries the click ID after all',
    'adjustment.created',
    { action: 'refund' },
    rejected('STATUS_UNKNOWN', '"event_type"', 'adjustment.created'),
  ),
];
