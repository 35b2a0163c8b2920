import type { Preset } from './preset';

/** RedTrack: the postback of its partnership portal and traffic channels, and senders whose URL was written for a RedTrack domain. */
export const redtrack: Preset = {
  id: 'redtrack',
  name: 'RedTrack',
  parameters: {
    clickId: ['clickid', 'click_id'],
    amount: ['sum', 'payout', 'amount'],
    transactionId: ['rdtk_event_id', 'txid'],
    event: ['type', 'event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: { declined: 'rejected', other: 'approved' },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: { clickId: '{ref_id}' },
  dropInPaths: ['/postback'],
};
