import type { PresetGuide } from '../preset';

export const thrivecart: PresetGuide = {
  pasteInto: 'Settings → API & Webhooks → Webhooks & notifications',
  sources: [
    {
      title: 'ThriveCart: Using webhook notifications',
      url: 'https://support.thrivecart.com/help/using-webhook-notifications/',
      readOn: '2026-11-29',
      says: 'Settings → API & Webhooks → Webhooks & notifications. The URL must answer 2xx to HEAD and POST before it is added. Prices are in hundreds: 1499 is 14.99. Parameters are event, order_id, currency and thrivecart_secret, and products in test mode are sent too.',
    },
    {
      title: 'Marc Fowler: ThriveCart webhook parameters',
      url: 'https://gist.github.com/marcfowler/220ed63a0a1658ea382d',
      readOn: '2026-11-29',
      says: 'order is an array with total (amount charged), tax, processor and charges.',
    },
    {
      title: 'magloft: an order.success in full',
      url: 'https://github.com/magloft/thrivecart/blob/main/src/data/order.success.json',
      readOn: '2026-11-29',
      says: 'mode, order_id, invoice_id, currency and order.total ("499700" for 4997.00).',
    },
    {
      title: 'thrivecart-passthrough',
      url: 'https://github.com/luis-tevasamorir/thrivecart-passthrough/blob/main/thrivecart_passthrough.js',
      readOn: '2026-11-29',
      says: 'A value of the sender enters the checkout URL as passthrough[name].',
    },
    {
      title: 'API Evangelist: events of ThriveCart',
      url: 'https://raw.githubusercontent.com/api-evangelist/thrivecart/refs/heads/main/asyncapi/thrivecart-events-asyncapi.yml',
      readOn: '2026-11-29',
      says: 'Webhooks of an account are forms with thrivecart_secret. Their events are order.success, order.refund, cart.abandoned, order.subscription_payment, _cancelled, _paused and _resumed, order.rebill_failed, affiliate.commission_earned, _payout and _refund, and customer_updated.',
    },
  ],
  notes: [
    'Pass the click ID as passthrough[clickid] in the URL of the checkout.',
    'Amounts are whole cents: order[total]=1499 is 14.99.',
    'The endpoint is shared by all products and events of the account: an order without a click ID is rejected and changes nothing.',
    'Set respond of the integration to always-200, so that ThriveCart accepts the URL when it is added.',
    'Orders of test mode come with mode=test, and are tests here as well.',
    'thrivecart_secret is not checked: add the token of the integration to the URL.',
  ],
};
