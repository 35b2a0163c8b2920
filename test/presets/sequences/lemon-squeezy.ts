import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried, reversed } from './steps';

const event = (name: string, attributes: Readonly<Record<string, unknown>>, id = '1'): string =>
  JSON.stringify({
    meta: { event_name: name, custom_data: { clickid: 'CLICKID' } },
    data: {
      id,
      attributes: {
        currency: 'USD',
        total: 1199,
        refunded_amount: 0,
        status: 'paid',
        refunded_at: null,
        created_at: '2026-11-23T11:30:00.000000Z',
        ...attributes,
      },
    },
  });
const order = post(event('order_created', {}), 'OK');
const renewal = (month: number) =>
  post(
    event(
      'subscription_payment_success',
      { billing_reason: 'renewal', created_at: `2026-${month}-23T11:30:00.000000Z` },
      `10${month}`,
    ),
    'OK',
  );

export const sequences: readonly Sequence[] = [
  { name: 'an order that is sent again', sent: [order, retried(order)], ends: [approved('11.99')] },
  {
    name: 'two refunds of a part, each with the sum so far',
    sent: [
      order,
      daysLater(1, post(event('order_refunded', { refunded_amount: 100 }), 'OK_UPDATED')),
      daysLater(2, post(event('order_refunded', { refunded_amount: 300 }), 'OK_UPDATED')),
    ],
    ends: [approved('8.99')],
  },
  {
    name: 'a refund of the whole',
    sent: [
      order,
      daysLater(
        1,
        post(
          event('order_refunded', {
            refunded_amount: 1199,
            status: 'refunded',
            refunded_at: '2026-11-24T11:30:00.000000Z',
          }),
          'OK_UPDATED',
        ),
      ),
    ],
    ends: [reversed()],
  },
  {
    name: 'a subscription: its order is the first payment, and each renewal is another',
    sent: [
      order,
      post(event('subscription_created', { status: 'active' }, '7'), 'OK_IGNORED'),
      post(event('subscription_payment_success', { billing_reason: 'initial' }, '100'), 'OK_IGNORED'),
      daysLater(30, renewal(12)),
    ],
    ends: [approved('11.99'), approved('11.99')],
  },
];
