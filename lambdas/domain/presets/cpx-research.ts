import type { Preset } from './preset';

/** CPX Research: the postbacks of its survey wall. Its `type` says how a survey ended and not what was sold, and is no event. */
export const cpxResearch: Preset = {
  id: 'cpx-research',
  name: 'CPX Research',
  parameters: {
    clickId: ['subid_1', 'subid_2', 'clickid', 'click_id'],
    amount: ['amount_usd', 'amount'],
    transactionId: ['trans_id', 'txid'],
    event: ['event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: { '1': 'approved', '2': 'reversed' },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {
    clickId: '{subid_1}',
    amount: '{amount_usd}',
    transactionId: '{trans_id}',
    status: '{status}',
  },
  dropInPaths: [],
};
