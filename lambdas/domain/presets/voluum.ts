import type { Preset } from './preset';

/**
 * Voluum: its traffic source postback, and senders whose URL was written for a Voluum tracker. In the first, `{clickid}` is
 * Voluum's own click; the ID that came with the visit is `{externalid}`.
 */
export const voluum: Preset = {
  id: 'voluum',
  name: 'Voluum',
  parameters: {
    clickId: ['cid', 'clickid', 'click_id'],
    amount: ['payout', 'amount'],
    transactionId: ['txid'],
    event: ['et', 'event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: { clickId: '{externalid}' },
  dropInPaths: ['/postback'],
};
