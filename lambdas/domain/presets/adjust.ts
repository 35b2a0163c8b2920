import type { Preset } from './preset';

/** Adjust: the callbacks of its attribution service. `activity_kind` says what happened, and is the status of it. */
export const adjust: Preset = {
  id: 'adjust',
  name: 'Adjust',
  parameters: {
    clickId: ['clickid', 'click_id'],
    amount: ['revenue_float', 'amount'],
    transactionId: ['txid', 'transaction_id'],
    event: ['event_name', 'event'],
    status: ['activity_kind', 'status'],
    currency: ['currency'],
    timestamp: ['created_at', 'timestamp'],
  },
  statuses: {
    install: 'approved',
    reattribution: 'approved',
    event: 'approved',
    rejected_install: 'rejected',
    rejected_reattribution: 'rejected',
    impression: 'ignore',
    click: 'ignore',
    session: 'ignore',
    uninstall: 'ignore',
    reinstall: 'ignore',
    cost_updated: 'ignore',
  },
  defaultStatus: 'approved',
  events: {},
  amountFormat: 'float',
  duplicateMode: 'ignore',
  tokens: {
    clickId: '{click_id}',
    amount: '{revenue_float}',
    event: '{event_name}',
    status: '{activity_kind}',
    currency: '{currency}',
    timestamp: '{created_at}',
  },
  dropInPaths: [],
};
