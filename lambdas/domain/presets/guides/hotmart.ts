import type { PresetGuide } from '../preset';

export const hotmart: PresetGuide = {
  pasteInto: 'a webhook of the product, version 2.0.0',
  sources: [
    {
      title: 'Hotmart: Purchase webhook 2.0.0',
      url: 'https://developers.hotmart.com/docs/en/2.0.0/webhook/purchase-webhook/',
      readOn: '2026-11-29',
      says: 'Events of purchases come by webhook in two versions of the body, 1.0.0 and 2.0.0; the version is chosen when the webhook is made.',
    },
    {
      title: 'controle-de-eventos: bodies of the webhook',
      url: 'https://github.com/michael-lourenco/controle-de-eventos/blob/main/documentacao/payloads-webhook.md',
      readOn: '2026-11-29',
      says: 'JSON with event (PURCHASE_APPROVED, _CANCELED, _EXPIRED, _CHARGEBACK, _PROTEST for a refund asked for, CLUB_FIRST_ACCESS, …), creation_date in milliseconds, data.purchase.transaction, data.purchase.price.value with currency_value, and sckPaymentLink.',
    },
    {
      title: 'leads-infinitos: PURCHASE_COMPLETE',
      url: 'https://github.com/tupimarines/leads-infinitos-saas/blob/main/test_curl_webhook.sh',
      readOn: '2026-11-29',
      says: 'PURCHASE_COMPLETE carries the transaction of the purchase, once its guarantee is over.',
    },
    {
      title: 'Hotmart webhooks, collected by API Evangelist',
      url: 'https://raw.githubusercontent.com/api-evangelist/hotmart/refs/heads/main/asyncapi/hotmart-webhooks.yml',
      readOn: '2026-11-29',
      says: 'A POST to a URL that is registered for a product, with the events that it is to receive.',
    },
    {
      title: 'MGID: Hotmart via webhook',
      url: 'https://help.mgid.com/mgid-integration-hotmart-via-webhook',
      readOn: '2026-11-29',
      says: 'The click ID is passed as sck of the checkout URL and comes back in the webhook.',
    },
  ],
  notes: [
    'Pass the click ID as sck of the checkout URL, or as xcod. Wherever it comes back it is found by its check sum.',
    'price.value is what the buyer paid; commissions is a list, of which parameters.amount can name one entry (data.commissions.1.value).',
    'Approved and complete are two reports of one purchase and count once.',
    'A request for a refund (PURCHASE_PROTEST) changes nothing; the refund itself does.',
    'The hottok of Hotmart is not checked: add the token of the integration to the URL.',
  ],
};
