import type { Preset } from './preset';

/** ThriveCart: its webhook notifications, as a form or as JSON. The name of the event is what happened to an order: its status. */
export const thrivecart: Preset = {
  id: 'thrivecart',
  name: 'ThriveCart',
  parameters: {
    clickId: ['passthrough[clickid]', 'passthrough.clickid', 'clickid', 'click_id'],
    amount: ['order[total]', 'order.total'],
    transactionId: ['invoice_id', 'txid'],
    event: ['goal'],
    status: ['event'],
    currency: ['currency'],
  },
  testMarks: [{ parameter: 'mode', is: { value: 'test' } }],
  statuses: {
    'order.success': 'approved',
    'order.subscription_payment': 'approved',
    'order.refund': 'reversed',
    'order.subscription_cancelled': 'ignore',
    'order.subscription_paused': 'ignore',
    'order.subscription_resumed': 'ignore',
    'order.rebill_failed': 'ignore',
    'cart.abandoned': 'ignore',
    customer_updated: 'ignore',
    'affiliate.commission_earned': 'ignore',
    'affiliate.commission_payout': 'ignore',
    'affiliate.commission_refund': 'ignore',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {},
  amountFormat: 'minor',
  amountInMinorUnits: true,
  sendsOwnBody: true,
  dropInPaths: [],
};
