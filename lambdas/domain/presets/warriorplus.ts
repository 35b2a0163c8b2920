import type { Preset } from './preset';

/** WarriorPlus: the notifications (IPN) to a vendor, and the webhooks of an affiliate, which have the same variables. */
export const warriorplus: Preset = {
  id: 'warriorplus',
  name: 'WarriorPlus',
  parameters: {
    clickId: ['WP_HOP_TID', 'WP_HOP_SID', 'WP_SID', 'WP_CHECKOUT_CUSTOM', 'clickid', 'click_id'],
    amount: ['WP_SUBSCR_PAYMENT_AMOUNT', 'WP_SALE_AMOUNT', 'amount'],
    transactionId: ['WP_SUBSCR_PAYMENT_TXNID', 'WP_SALE', 'WP_SALEID', 'WP_TXNID', 'txid'],
    event: ['goal'],
    status: ['WP_ACTION', 'status'],
    currency: ['WP_SALE_CURRENCY', 'currency'],
  },
  statuses: {
    sale: 'approved',
    subscr_completed: 'approved',
    refund: 'reversed',
    dispute: 'reversed',
    subscr_created: 'ignore',
    subscr_cancelled: 'ignore',
    subscr_suspended: 'ignore',
    subscr_failed_invalid: 'ignore',
    subscr_failed_declined: 'ignore',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {},
  sendsOwnBody: true,
  dropInPaths: [],
};
