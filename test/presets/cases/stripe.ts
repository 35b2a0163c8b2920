import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const json = { 'content-type': 'application/json; charset=utf-8' };
const created = Date.UTC(2026, 10, 23, 11, 30) / 1000;
const event = (
  name: string,
  type: string,
  object: Readonly<Record<string, unknown>>,
  expect: GoldenCase['expect'],
  query = '',
): GoldenCase => ({
  name,
  method: 'POST',
  headers: json,
  query,
  body: JSON.stringify({
    id: 'evt_1P6e0gAclagrtXef9ybQkT50',
    object: 'event',
    api_version: '2024-06-20',
    created,
    data: { object },
    livemode: true,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }),
  expect,
});
const clicked = { metadata: { clickid: 'CLICKID' } };

export const cases: readonly GoldenCase[] = [
  event(
    'a session of Checkout that was paid',
    'checkout.session.completed',
    {
      id: 'cs_1',
      object: 'checkout.session',
      amount_subtotal: 25000,
      amount_total: 25000,
      currency: 'usd',
      payment_intent: 'pi_1',
      payment_status: 'paid',
      total_details: { amount_discount: 0, amount_tax: 0 },
      ...clicked,
    },
    recorded({ event: 'conversion', transactionId: 'pi_1', status: 'approved', amount: '250', currency: 'USD' }),
  ),
  event(
    'a charge in cents',
    'charge.succeeded',
    {
      id: 'ch_1',
      object: 'charge',
      amount: 1999,
      amount_refunded: 0,
      currency: 'usd',
      payment_intent: 'pi_2',
      status: 'succeeded',
      ...clicked,
    },
    recorded({ transactionId: 'pi_2', status: 'approved', amount: '19.99', currency: 'USD' }),
  ),
  event(
    'a payment intent has the number that its charge names',
    'payment_intent.succeeded',
    {
      id: 'pi_3',
      object: 'payment_intent',
      amount: 500,
      amount_received: 500,
      currency: 'eur',
      latest_charge: 'ch_3',
      ...clicked,
    },
    recorded({ transactionId: 'pi_3', amount: '5', currency: 'EUR' }),
  ),
  event(
    'yen have no cents',
    'charge.succeeded',
    { id: 'ch_4', object: 'charge', amount: 1500, currency: 'jpy', payment_intent: 'pi_4', ...clicked },
    recorded({ amount: '1500', currency: 'JPY' }),
  ),
  event(
    'dinars have thousandths',
    'charge.succeeded',
    { id: 'ch_5', object: 'charge', amount: 12500, currency: 'kwd', payment_intent: 'pi_5', ...clicked },
    recorded({ amount: '12.5', currency: 'KWD' }),
  ),
  ...(
    [
      ['shillings of Uganda come with two digits', 'ugx', 500_000, '5000'],
      ['krónur come with two digits', 'isk', 50_000, '500'],
      ['ariary have none', 'mga', 5000, '5000'],
      ['francs have none', 'xof', 5000, '5000'],
    ] as const
  ).map(([name, currency, amount, expected]) =>
    event(
      name,
      'charge.succeeded',
      { id: 'ch_u', object: 'charge', amount, currency, payment_intent: 'pi_u', ...clicked },
      recorded({ amount: expected, currency: currency.toUpperCase() }),
    ),
  ),
  event(
    'a session that is not paid yet',
    'checkout.session.completed',
    { id: 'cs_7', amount_total: 700, currency: 'eur', payment_intent: 'pi_7', payment_status: 'unpaid', ...clicked },
    recorded({ transactionId: 'pi_7', status: 'pending', amount: '7' }),
  ),
  event(
    'a session of a trial costs nothing yet',
    'checkout.session.completed',
    {
      id: 'cs_8',
      amount_total: 0,
      currency: 'eur',
      subscription: 'sub_8',
      invoice: 'in_8',
      payment_status: 'no_payment_required',
      ...clicked,
    },
    recorded({ transactionId: 'in_8', status: 'approved', amount: '0' }),
  ),
  event(
    'the click ID as client_reference_id',
    'checkout.session.completed',
    {
      id: 'cs_6',
      amount_total: 700,
      currency: 'usd',
      payment_intent: 'pi_6',
      client_reference_id: 'CLICKID',
      metadata: {},
    },
    recorded({ transactionId: 'pi_6', amount: '7' }),
  ),
  event(
    'an invoice of a subscription',
    'invoice.paid',
    { id: 'in_7', object: 'invoice', amount_due: 900, amount_paid: 900, currency: 'usd', ...clicked },
    recorded({ transactionId: 'in_7', status: 'approved', amount: '9' }),
  ),
  event(
    'an event of the integration in the URL',
    'charge.succeeded',
    { id: 'ch_8', amount: 100, currency: 'usd', payment_intent: 'pi_8', ...clicked },
    recorded({ event: 'sale', transactionId: 'pi_8', amount: '1' }),
    'goal=sale',
  ),
  event(
    'a payment of somebody who came without a click',
    'charge.succeeded',
    { id: 'ch_9', amount: 100, currency: 'usd', payment_intent: 'pi_9', metadata: {} },
    rejected('CLICK_ID_MISSING'),
  ),
  event(
    'a type that is not chosen',
    'customer.updated',
    { id: 'cus_1', object: 'customer', ...clicked },
    rejected('STATUS_UNKNOWN', '"type"', 'customer.updated'),
  ),
];
