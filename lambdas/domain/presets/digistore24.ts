import type { Preset } from './preset';

/** Digistore24: its instant payment notification (IPN). The name of the event is what happened to a payment: its status. */
export const digistore24: Preset = {
  id: 'digistore24',
  name: 'Digistore24',
  parameters: {
    clickId: ['custom', 'campaignkey', 'trackingkey', 'clickid', 'click_id'],
    amount: ['transaction_amount', 'amount'],
    transactionId: ['transaction_id', 'txid'],
    event: ['goal'],
    status: ['event', 'status'],
    currency: ['transaction_currency', 'currency'],
  },
  statuses: {
    on_payment: 'approved',
    on_refund: 'reversed',
    on_chargeback: 'reversed',
    connection_test: 'ignore',
    payment_denial: 'ignore',
    on_payment_missed: 'ignore',
    on_rebill_cancelled: 'ignore',
    on_rebill_resumed: 'ignore',
    last_paid_day: 'ignore',
    on_affiliation: 'ignore',
    eticket: 'ignore',
    custom_form: 'ignore',
  },
  orderParameters: ['order_id'],
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {},
  expectedAnswer: 'OK',
  sendsOwnBody: true,
  dropInPaths: [],
};
