import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

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
  { name: 'a retry', sent: [session, retried(session)], ends: [approved('19.99')] },
];
