import type { Preset } from './preset';

/** WooCommerce: the order webhooks of a shop. Each carries the present order as a whole, which replaces its former content. */
export const woocommerce: Preset = {
  id: 'woocommerce',
  name: 'WooCommerce',
  parameters: {
    clickId: ['clickid', 'click_id'],
    amount: ['total'],
    transactionId: ['id'],
    event: ['event'],
    status: ['status'],
    currency: ['currency'],
    timestamp: ['date_modified_gmt'],
  },
  statuses: {
    pending: 'pending',
    'on-hold': 'pending',
    processing: 'approved',
    completed: 'approved',
    cancelled: 'rejected',
    failed: 'rejected',
    refunded: 'reversed',
    'checkout-draft': 'ignore',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  refundedSoFar: ['refunds.*.total'],
  tokens: {},
  sendsOwnBody: true,
  dropInPaths: [],
};
