import type { Preset } from './preset';

/**
 * The names that trackers and networks use most, for senders without a preset. `transaction_id` and `r` mean a click ID in some systems and
 * an order in others: only a preset may define them.
 */
export const generic: Preset = {
  id: 'generic',
  name: 'Generic',
  parameters: {
    clickId: [
      'clickid',
      'click_id',
      'cid',
      'subid',
      'sub_id',
      'aff_sub',
      's2',
      'cnv_id',
      'tid',
      'visitorId',
      'rdtk_cid',
    ],
    amount: ['amount', 'payout', 'sum', 'revenue', 'p', 'TotalCost'],
    transactionId: ['txid', 'transactionid', 'order_id', 'orderid', 'oid', 't', 'action_id', 'rdtk_event_id'],
    event: ['event', 'et', 'type', 'goal', 'goal_id', 'event_id', 'e', 'ac', 'cet', 'ct'],
    status: ['status', 'cnv_status', 'conv_status', 's'],
    currency: ['currency', 'cnv_currency', 'cr'],
    timestamp: ['timestamp', 'ts_conversion', 'conversion_time'],
  },
  statuses: {
    confirmed: 'approved',
    accepted: 'approved',
    paid: 'approved',
    sale: 'approved',
    success: 'approved',
    hold: 'pending',
    lead: 'pending',
    new: 'pending',
    declined: 'rejected',
    denied: 'rejected',
    cancelled: 'rejected',
    canceled: 'rejected',
    trash: 'rejected',
    refunded: 'reversed',
    refund: 'reversed',
    chargeback: 'reversed',
  },
  freeStatuses: true,
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {
    clickId: '{clickid}',
    amount: '{amount}',
    transactionId: '{transaction_id}',
    event: '{event}',
    status: '{status}',
    currency: '{currency}',
  },
  dropInPaths: [],
};
