import type { Sequence } from '../sequence-runner';
import { approved, daysLater, pending, post, rejected, retried, reversed } from './steps';

const start = Date.UTC(2026, 10, 23, 11, 30) / 1000;
const day = 24 * 60 * 60;
const event = (type: string, object: Readonly<Record<string, unknown>>, created = start): string =>
  JSON.stringify({
    id: `evt_${type}_${created}`,
    object: 'event',
    created,
    type,
    data: { object: { currency: 'usd', metadata: { clickid: 'CLICKID' }, ...object } },
  });
const session = post(
  event('checkout.session.completed', { id: 'cs_1', amount_total: 1999, payment_intent: 'pi_1' }),
  'OK',
);
const subscribed = { id: 'cs_3', amount_total: 900, payment_intent: null, subscription: 'sub_1', invoice: 'in_1' };
const firstInvoice = { id: 'in_1', amount_paid: 900, payment_intent: 'pi_9', subscription: 'sub_1' };
const unpaid = { id: 'cs_4', amount_total: 1999, payment_intent: 'pi_4', payment_status: 'unpaid' };
const charge = { id: 'ch_1', amount: 1999, payment_intent: 'pi_1' };

export const sequences: readonly Sequence[] = [
  {
    name: 'session, charge and payment intent of one payment',
    sent: [
      session,
      post(event('charge.succeeded', charge), 'OK_DUPLICATE'),
      post(event('payment_intent.succeeded', { id: 'pi_1', amount: 1999 }), 'OK_DUPLICATE'),
    ],
    ends: [approved('19.99')],
  },
  {
    name: 'a refund of the whole',
    sent: [
      session,
      daysLater(3, post(event('charge.refunded', { ...charge, amount_refunded: 1999 }, start + 3 * day), 'OK_UPDATED')),
    ],
    ends: [reversed()],
  },
  {
    name: 'two refunds of a part, each with the sum so far',
    sent: [
      session,
      daysLater(3, post(event('charge.refunded', { ...charge, amount_refunded: 500 }, start + 3 * day), 'OK_UPDATED')),
      daysLater(5, post(event('charge.refunded', { ...charge, amount_refunded: 800 }, start + 5 * day), 'OK_UPDATED')),
    ],
    ends: [approved('11.99')],
  },
  {
    name: 'two refunds of a part that come to the whole',
    sent: [
      session,
      daysLater(3, post(event('charge.refunded', { ...charge, amount_refunded: 500 }, start + 3 * day), 'OK_UPDATED')),
      daysLater(5, post(event('charge.refunded', { ...charge, amount_refunded: 1999 }, start + 5 * day), 'OK_UPDATED')),
    ],
    ends: [reversed()],
  },
  {
    name: 'two invoices of a subscription',
    sent: [
      post(event('invoice.paid', { id: 'in_1', amount_paid: 900 }), 'OK'),
      daysLater(30, post(event('invoice.paid', { id: 'in_2', amount_paid: 900 }, start + 30 * day), 'OK')),
    ],
    ends: [approved('9'), approved('9')],
  },
  {
    name: 'a card that was declined, and the second try',
    sent: [
      post(event('payment_intent.payment_failed', { id: 'pi_1', amount: 1999 }), 'OK_IGNORED'),
      post(event('payment_intent.succeeded', { id: 'pi_1', amount: 1999 }, start + 60), 'OK'),
    ],
    ends: [approved('19.99')],
  },
  {
    name: 'a session that expired',
    sent: [post(event('checkout.session.expired', { id: 'cs_2', amount_total: 1999 }), 'OK_IGNORED')],
    ends: [],
  },
  {
    name: 'session, invoice and charge of the first payment of a subscription',
    sent: [
      post(event('checkout.session.completed', { ...subscribed, payment_status: 'paid' }), 'OK'),
      post(event('invoice.paid', firstInvoice, start + 2), 'OK_DUPLICATE'),
      post(
        event(
          'charge.succeeded',
          { id: 'ch_9', amount: 900, amount_refunded: 0, invoice: 'in_1', payment_intent: 'pi_9' },
          start + 3,
        ),
        'OK_DUPLICATE',
      ),
      post(
        event(
          'payment_intent.succeeded',
          { id: 'pi_9', amount: 900, amount_received: 900, invoice: 'in_1' },
          start + 4,
        ),
        'OK_DUPLICATE',
      ),
    ],
    ends: [approved('9')],
  },
  {
    name: 'the invoice before its session, as of webhooks that overtake each other',
    sent: [
      post(event('invoice.paid', firstInvoice, start + 2), 'OK'),
      post(event('checkout.session.completed', { ...subscribed, payment_status: 'paid' })),
    ],
    ends: [approved('9')],
  },
  {
    name: 'a refund of one of two invoices, told by the charge alone',
    sent: [
      post(event('invoice.paid', firstInvoice), 'OK'),
      daysLater(
        30,
        post(event('invoice.paid', { ...firstInvoice, id: 'in_2', payment_intent: 'pi_10' }, start + 30 * day), 'OK'),
      ),
      post(
        event(
          'charge.refunded',
          { id: 'ch_9', amount: 900, amount_refunded: 900, payment_intent: 'pi_9' },
          start + 31 * day,
        ),
        'OK_UPDATED',
      ),
    ],
    ends: [reversed(), approved('9')],
  },
  {
    name: 'a payment with an invoice made after it',
    sent: [
      post(event('charge.succeeded', { ...charge, amount_refunded: 0 }), 'OK'),
      post(
        event('checkout.session.completed', {
          id: 'cs_1',
          amount_total: 1999,
          payment_intent: 'pi_1',
          invoice: 'in_5',
        }),
        'OK_DUPLICATE',
      ),
    ],
    ends: [approved('19.99')],
  },
  {
    name: 'a session that is paid by bank transfer, days later',
    sent: [
      post(event('checkout.session.completed', unpaid), 'OK'),
      daysLater(
        3,
        post(
          event('checkout.session.async_payment_succeeded', { ...unpaid, payment_status: 'paid' }, start + 3 * day),
          'OK_UPDATED',
        ),
      ),
    ],
    ends: [approved('19.99')],
  },
  {
    name: 'a session that is never paid',
    sent: [post(event('checkout.session.completed', unpaid), 'OK')],
    ends: [pending()],
  },
  {
    name: 'a session whose payment failed',
    sent: [
      post(event('checkout.session.completed', unpaid), 'OK'),
      daysLater(3, post(event('checkout.session.async_payment_failed', unpaid, start + 3 * day), 'OK_UPDATED')),
    ],
    ends: [rejected()],
  },
  {
    name: 'an event of test mode is no money',
    sent: [post(event('charge.succeeded', charge).replace('"type"', '"livemode":false,"type"'), 'OK')],
    ends: [],
  },
  { name: 'a retry', sent: [session, retried(session)], ends: [approved('19.99')] },
];
