import type { Preset } from './preset';

/** Awin: its transaction notifications to a publisher, and the server-to-server requests that an advertiser sends to it. */
export const awin: Preset = {
  id: 'awin',
  name: 'Awin',
  parameters: {
    clickId: ['clickRef', 'cks', 'awc', 'clickid', 'click_id', 'AwinTransactionPush.clickRef'],
    amount: ['commission', 'AwinTransactionPush.commission', 'amount', 'transactionAmount'],
    transactionId: ['transactionId', 'AwinTransactionPush.transactionId', 'ref', 'orderReference', 'txid'],
    event: ['event'],
    status: ['status'],
    currency: ['transactionCurrency', 'AwinTransactionPush.transactionCurrency', 'cr', 'currency'],
    timestamp: ['transactionDate', 'AwinTransactionPush.transactionDate', 'timestamp'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {
    clickId: '!!!clickRef!!!',
    amount: '!!!commission!!!',
    transactionId: '!!!transactionId!!!',
    currency: '!!!transactionCurrency!!!',
    timestamp: '!!!transactionDate!!!',
  },
  dropInPaths: ['/sread.php'],
};
