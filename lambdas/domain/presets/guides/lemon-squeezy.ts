import type { PresetGuide } from '../preset';

export const lemonSqueezy: PresetGuide = {
  pasteInto:
    'Settings → Webhooks, with the events order_created, order_refunded, subscription_payment_success and subscription_payment_refunded',
  sources: [
    {
      title: 'Lemon Squeezy: Webhook Requests',
      url: 'https://docs.lemonsqueezy.com/help/webhooks/webhook-requests',
      readOn: '2026-11-30',
      says: 'A POST of JSON: meta.event_name, meta.custom_data for events of orders, subscriptions and license keys, data.id and data.attributes. An answer other than 200 is tried three more times within minutes.',
    },
    {
      title: 'Lemon Squeezy: Event Types',
      url: 'https://docs.lemonsqueezy.com/help/webhooks/event-types',
      readOn: '2026-11-30',
      says: 'The names of all events. order_refunded is of a full or partial refund; order_created is always sent alongside subscription_created, and subscription_payment_success alongside subscription_payment_recovered.',
    },
    {
      title: 'Lemon Squeezy: The Order Object',
      url: 'https://docs.lemonsqueezy.com/api/orders',
      readOn: '2026-11-30',
      says: 'total and refunded_amount are in cents of the currency of the order, an ISO 4217 code.',
    },
    {
      title: 'Lemon Squeezy: Issue a Refund',
      url: 'https://docs.lemonsqueezy.com/api/orders/issue-refund',
      readOn: '2026-11-30',
      says: 'After a refund of 100 of 1199 the order has refunded_amount 100, total 1199, status paid and refunded_at null.',
    },
    {
      title: 'HookSense: order_created',
      url: 'https://hooksense.com/fixtures/lemonsqueezy/order-created',
      readOn: '2026-11-30',
      says: 'data.attributes.status is paid, failed or refunded: fulfil the order only on paid. Refunds and payments of a subscription come as separate webhooks.',
    },
    {
      title: 'Lemon Squeezy: Retrieve a Subscription Invoice',
      url: 'https://docs.lemonsqueezy.com/api/subscription-invoices/retrieve-subscription-invoice',
      readOn: '2026-11-30',
      says: 'The invoice has an id of its own, billing_reason initial for the first payment, currency, total in cents, status and refunded_at.',
    },
  ],
  notes: [
    'Pass the click ID through the checkout as custom data: checkout[custom][clickid]. It comes back in meta.custom_data.',
    'The first payment of a subscription is its order: the invoice with billing_reason initial is ignored. Each renewal is a conversion.',
    'refunded_amount is what was refunded in all: that much is taken back, however many events name it.',
    'Orders of test mode (test_mode true) are tests here as well.',
    'The X-Signature header is not checked: keep the token of the integration in the URL.',
  ],
};
