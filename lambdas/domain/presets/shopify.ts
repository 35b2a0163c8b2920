import type { Preset } from './preset';

/** Shopify: the order webhooks of a shop. Each carries the present order as a whole, which replaces its former content. */
export const shopify: Preset = {
  id: 'shopify',
  name: 'Shopify',
  parameters: {
    clickId: ['clickid', 'click_id'],
    amount: ['current_total_price', 'total_price'],
    transactionId: ['order_id', 'id'],
    event: ['event'],
    status: ['financial_status'],
    currency: ['currency'],
    timestamp: ['updated_at'],
  },
  statuses: {
    pending: 'pending',
    authorized: 'pending',
    partially_paid: 'pending',
    paid: 'approved',
    partially_refunded: 'approved',
    refunded: 'reversed',
    voided: 'rejected',
    expired: 'rejected',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: {},
  sendsOwnBody: true,
  dropInPaths: [],
};
