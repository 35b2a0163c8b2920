import type { Preset } from './preset';

/** Affise: its affiliate postback, and advertisers whose conversion URL was written for an Affise network. */
export const affise: Preset = {
  id: 'affise',
  name: 'Affise',
  parameters: {
    clickId: ['clickid', 'click_id'],
    amount: ['sum', 'amount'],
    transactionId: ['action_id', 'txid'],
    event: ['goal', 'event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: {
    '1': 'approved',
    '2': 'pending',
    '3': 'rejected',
    '4': 'rejected',
    '5': 'pending',
    declined: 'rejected',
    hold: 'pending',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: {
    clickId: '{sub1}',
    amount: '{sum}',
    transactionId: '{transactionid}',
    event: '{goal}',
    status: '{status}',
    currency: '{currency}',
  },
  dropInPaths: ['/postback'],
};
