import type { Preset } from './preset';

/**
 * impact.com: its event notifications to a partner, and the conversions that a brand submits to it.
 * An action of theirs is reversed before it locks, as a rule while it is pending: that is a rejection here, not a chargeback.
 */
export const impact: Preset = {
  id: 'impact',
  name: 'impact.com',
  parameters: {
    clickId: ['ClickId', 'click_id'],
    amount: ['Payout', 'Amount'],
    transactionId: ['OrderId', 'Oid', 'ActionId', 'action_id', 'txid'],
    event: ['EventTypeCode', 'ActionTrackerId', 'EventTypeId', 'action_tracker_id', 'event'],
    status: ['Status'],
    currency: ['CurrencyCode', 'Currency'],
    timestamp: ['EventDate', 'event_date', 'timestamp'],
  },
  statuses: { locked: 'approved', reversed: 'rejected' },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: {
    clickId: '{SubId1}',
    amount: '{Payout}',
    transactionId: '{ActionId}',
    event: '{ActionTrackerId}',
    status: '{Status}',
    currency: '{Currency}',
  },
  dropInPaths: [],
};
