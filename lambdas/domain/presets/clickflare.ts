import type { Preset } from './preset';

/** ClickFlare: its postbacks to a traffic source, and the postbacks that affiliate networks send to it. */
export const clickflare: Preset = {
  id: 'clickflare',
  name: 'ClickFlare',
  parameters: {
    clickId: ['click_id', 'cf_click_id', 'cid', 'clickid'],
    amount: ['payout', 'amount'],
    transactionId: ['txid'],
    event: ['ct', 'event'],
    status: ['status'],
    currency: ['currency'],
    timestamp: ['timestamp'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: { clickId: '{externalid}', transactionId: '{transaction.id}' },
  dropInPaths: ['/cf/cv', '/cf/postback'],
};
