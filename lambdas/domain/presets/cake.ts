import type { Preset } from './preset';

/** CAKE: its affiliate postback, and advertisers whose conversion URL was written for a CAKE domain. */
export const cake: Preset = {
  id: 'cake',
  name: 'CAKE',
  parameters: {
    clickId: ['r', 'reqid', 'click_id', 'clickid'],
    amount: ['p', 'ap', 'amount'],
    transactionId: ['t', 'txid'],
    event: ['e', 'event'],
    status: ['status'],
    currency: ['eccu', 'currency'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {
    clickId: '#s2#',
    amount: '#price#',
    transactionId: '#leadid#',
    timestamp: '#utcunixtime#',
  },
  dropInPaths: ['/p.ashx', '/api/2/conversion.json'],
};
