import type { PresetGuide } from '../preset';

export const shopify: PresetGuide = {
  pasteInto: 'Settings → Notifications → Webhooks → Create webhook: Order payment and Order update, format JSON',
  sources: [
    {
      title: 'A webhook as Shopify sent it: orders/cancelled',
      url: 'https://pastebin.com/2g7X9EDR',
      readOn: '2026-11-29',
      says: 'A POST of JSON: id, created_at, updated_at with an offset, total_price as a decimal string, currency, financial_status, test, and the topic in the X-Shopify-Topic header.',
    },
    {
      title: 'Shopify: OrderDisplayFinancialStatus',
      url: 'https://shopify.dev/docs/api/admin-graphql/latest/enums/OrderDisplayFinancialStatus',
      readOn: '2026-11-29',
      says: 'Authorized, expired, paid, partially paid, partially refunded, pending, refunded and voided, with what each means.',
    },
    {
      title: 'linoyco: the order object',
      url: 'https://github.com/linoyco/Shopify-project/blob/master/src/Api/ApiObjects.tsx',
      readOn: '2026-11-29',
      says: 'An order has note_attributes, a list of names and values.',
    },
    {
      title: 'shopify-tracker: setup of a webhook',
      url: 'https://github.com/vansoestliving-sys/shopify-tracker/blob/main/REFUND_SYNC_SETUP.md',
      readOn: '2026-11-29',
      says: 'Settings → Notifications → Webhooks → Create webhook, event Order update, format JSON; refunds change the order.',
    },
    {
      title: 'Shopify: fields of an order since an edit',
      url: 'https://shopify.dev/changelog/new-storefront-api-fields-on-the-order-and-orderlineitem-objects',
      readOn: '2026-11-29',
      says: 'An order has current_total_price beside original_total_price: they show its state after an edit.',
    },
    {
      title: 'Shopify: Order, currentTotalPrice',
      url: 'https://shopify.dev/docs/api/storefront/2024-04/objects/Order',
      readOn: '2026-11-29',
      says: 'The total amount of the order with duties, taxes and discounts, minus what was removed from it.',
    },
  ],
  notes: [
    'Keep the click ID as an attribute of the cart: it comes back in note_attributes, where it is found and NAME_GUESSED warns.',
    'Where it is the only attribute, set parameters.clickId of the integration to note_attributes.0.value; then nothing warns.',
    'After a refund of a part, Order update names the new total, which replaces the old one.',
    'Refund webhooks carry no attributes, and so no click ID: use Order update.',
    'Orders marked test by Shopify are tests here as well.',
    'The X-Shopify-Hmac-Sha256 header is not checked: keep the token of the integration in the URL.',
  ],
};
