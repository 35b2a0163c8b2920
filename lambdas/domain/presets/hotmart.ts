import type { Preset } from './preset';

/** Hotmart: its webhook, version 2.0.0. The name of the event is what happened to a purchase: its status. */
export const hotmart: Preset = {
  id: 'hotmart',
  name: 'Hotmart',
  parameters: {
    clickId: [
      'data.purchase.origin.xcod',
      'data.purchase.origin.sck',
      'data.purchase.sckPaymentLink',
      'clickid',
      'click_id',
    ],
    amount: ['data.purchase.price.value'],
    transactionId: ['data.purchase.transaction'],
    event: ['goal'],
    status: ['event'],
    currency: ['data.purchase.price.currency_value'],
    timestamp: ['creation_date'],
  },
  statuses: {
    purchase_approved: 'approved',
    purchase_complete: 'approved',
    purchase_delayed: 'pending',
    purchase_canceled: 'rejected',
    purchase_expired: 'rejected',
    purchase_refunded: 'reversed',
    purchase_chargeback: 'reversed',
    purchase_protest: 'ignore',
    subscription_cancellation: 'ignore',
    club_first_access: 'ignore',
    club_module_completed: 'ignore',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: {},
  sendsOwnBody: true,
  dropInPaths: [],
};
