import type { PresetGuide } from '../preset';

export const digistore24: PresetGuide = {
  pasteInto: 'Settings → Integrations (IPN) → Add new connection → Generic',
  sources: [
    {
      title: 'Digistore24: Events',
      url: 'https://dev.digistore24.com/en/articles/13-events',
      readOn: '2026-11-29',
      says: 'Each call carries one event: on_payment, on_refund, on_chargeback, on_payment_missed, payment_denial, on_rebill_cancelled, on_rebill_resumed, last_paid_day. A payment can follow a missed one.',
    },
    {
      title: 'Digistore24: Quick integration guide',
      url: 'https://dev.digistore24.com/hc/en-us/articles/32480217565969-Quick-Integration-Guide',
      readOn: '2026-11-29',
      says: 'A transaction is a payment, a refund or a chargeback and has a unique transaction ID; there is one call for each. The order ID is shared by all of an order. Settings → Integrations (IPN) → Add new connection → Generic.',
    },
    {
      title: 'Digistore24: Passing access data to Digistore24',
      url: 'https://dev.digistore24.com/en/articles/134-passing-access-data-to-digistore24',
      readOn: '2026-11-29',
      says: 'The answer to a call is a plain text that starts with OK.',
    },
    {
      title: 'GoSuccess: Digistore24 IPN PHP library',
      url: 'https://github.com/GoSuccess-GmbH/digistore24-ipn',
      readOn: '2026-11-29',
      says: 'The fields include event, order_id, transaction_id, transaction_amount (negative on a refund), transaction_currency, currency, custom, campaignkey and trackingkey. connection_test is sent by the button "Test connection" and wants OK.',
    },
  ],
  notes: [
    'The notification returns custom, campaignkey and trackingkey: pass the click ID in one of them.',
    'Set reply.literal of the integration to OK: any other answer counts as a failure.',
    'transaction_amount is what the buyer paid. For the share of an affiliate set parameters.amount to amount_affiliate.',
    'A refund has its own transaction ID and the order ID of its payment: it finds the payment by the order, and among several payments the one with its amount.',
    'Each payment of a subscription has its own transaction ID and counts.',
    'The signature sha_sign is not checked: add the token of the integration to the URL.',
  ],
};
