import type { Preset } from './preset';

/** BeMob: its postbacks to a traffic source, and the postbacks that affiliate networks send to it. */
export const bemob: Preset = {
  id: 'bemob',
  name: 'BeMob',
  parameters: {
    clickId: ['cid', 'clickid', 'click_id'],
    amount: ['payout', 'amount'],
    transactionId: ['txid'],
    event: ['cet', 'event'],
    status: ['status'],
    currency: ['currency'],
    timestamp: ['timestamp'],
  },
  statuses: { new: 'pending', confirm: 'approved', decline: 'rejected', charge: 'reversed' },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: { clickId: '{externalId}', status: '{status}' },
  // Its own path is /postback, as ours is.
  dropInPaths: [],
};
