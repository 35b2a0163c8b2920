import type { Preset } from './preset';

/** Paddle Billing: its notifications of transactions whose custom data carries the click ID. The type of the event is the status. */
export const paddle: Preset = {
  id: 'paddle',
  name: 'Paddle',
  parameters: {
    clickId: ['data.custom_data.clickid', 'data.custom_data.click_id', 'clickid'],
    amount: ['data.details.totals.grand_total', 'amount'],
    transactionId: ['data.id', 'txid'],
    event: ['goal'],
    status: ['event_type'],
    currency: ['data.currency_code', 'currency'],
    timestamp: ['occurred_at'],
  },
  statuses: {
    'transaction.paid': 'approved',
    'transaction.completed': 'approved',
    'transaction.canceled': 'rejected',
    'transaction.created': 'ignore',
    'transaction.ready': 'ignore',
    'transaction.updated': 'ignore',
    'transaction.billed': 'ignore',
    'transaction.past_due': 'ignore',
    'transaction.payment_failed': 'ignore',
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
