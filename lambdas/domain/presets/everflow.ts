import type { Preset } from './preset';

/**
 * Everflow: its partner postback, and advertisers whose conversion URL was written for an Everflow network.
 * In Everflow's own URLs `transaction_id` is the click, not an order.
 */
export const everflow: Preset = {
  id: 'everflow',
  name: 'Everflow',
  parameters: {
    clickId: ['transaction_id', 'clickid', 'click_id'],
    amount: ['amount', 'payout'],
    transactionId: ['order_id', 'txid'],
    event: ['event_id', 'adv_event_id', 'event_name', 'event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: { '0': 'conversion', base: 'conversion' },
  duplicateMode: 'ignore',
  amountFormat: 'float',
  tokens: {
    clickId: '{sub1}',
    amount: '{payout_amount}',
    transactionId: '{transaction_id}',
    event: '{event_id}',
  },
  dropInPaths: ['/'],
};
