import type { PresetGuide } from '../preset';

export const woocommerce: PresetGuide = {
  pasteInto: 'a webhook on the settings screen of WooCommerce, topics Order created and Order updated',
  sources: [
    {
      title: 'WooCommerce: Webhooks',
      url: 'https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/',
      readOn: '2026-11-29',
      says: 'Topics are order.created, order.updated and order.deleted; a webhook is disabled after failures of delivery; the secret makes an HMAC-SHA256 of the body.',
    },
    {
      title: 'A webhook as WooCommerce sent it',
      url: 'https://gist.github.com/kornpow/bb34e50b3ba14b948e4d3783d07f6887',
      readOn: '2026-11-29',
      says: 'JSON with id, number, status, currency, total, date_modified and date_modified_gmt, sent with X-WC-Webhook-Topic: order.created.',
    },
    {
      title: 'WooCommerce order data',
      url: 'https://gist.github.com/ashokrane/1142d8ec35b32e6804fc8c4cf3419884',
      readOn: '2026-11-29',
      says: 'total is a decimal string ("4252.00"); times have no zone, and those of _gmt are UTC.',
    },
    {
      title: 'WooCommerce: wc-order-functions.php',
      url: 'https://github.com/woocommerce/woocommerce/blob/01a5871bd7ad20981fe18d9429c1b407847a3e9e/plugins/woocommerce/includes/wc-order-functions.php',
      readOn: '2026-11-30',
      says: 'A refund is an object beside the order with a total below zero. It sets date_modified of the order; status and total of an order refunded in part stay.',
    },
    {
      title: 'WooCommerce order statuses',
      url: 'https://gist.github.com/musoftware/fdda1de517d4e2c4f78bfb109cbf6eba',
      readOn: '2026-11-29',
      says: 'Pending payment, processing, on hold, completed, cancelled, refunded, failed and draft.',
    },
  ],
  notes: [
    'Keep the click ID as a meta field of the order: it comes back in meta_data, where it is found and NAME_GUESSED warns.',
    'A status of your plugin is rejected until statuses of the integration maps it; a replay then records it.',
    'A refund of a part leaves status and total as they are. The order lists its refunds: the total less their sum counts.',
    'Keep the duplicate mode update: in another, an order whose first webhook already names a refund counts only after one without.',
    'Set respond of the integration to always-200: WooCommerce disables a webhook after a few other answers, its first ping included.',
    'The X-WC-Webhook-Signature header is not checked: keep the token of the integration in the URL.',
  ],
};
