import type { Preset } from './preset';

/** Scaleo: its affiliate postbacks, and the postbacks that advertisers send to it. */
export const scaleo: Preset = {
  id: 'scaleo',
  name: 'Scaleo',
  parameters: {
    clickId: ['click_id', 'clickid'],
    amount: ['payout', 'revenue', 'amount'],
    transactionId: ['transaction_id', 'adv_order_id', 'txid'],
    event: ['goal_alias', 'goal_id', 'event'],
    status: ['conv_status', 'status'],
    currency: ['currency'],
    timestamp: ['timestamp'],
  },
  statuses: { hold: 'pending', trash: 'rejected' },
  statusParameters: {
    approved_status: 'approved',
    pending_status: 'pending',
    rejected_status: 'rejected',
    trash_status: 'rejected',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  pathModes: { '/track/conv-change': 'update', '/track/conv-addchange': 'update' },
  tokens: { clickId: '{aff_click_id}' },
  dropInPaths: ['/track/conv', '/track/conv-change', '/track/conv-addchange', '/track/goal-by-click-id'],
};
