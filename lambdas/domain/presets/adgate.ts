import type { Preset } from './preset';

/** AdGate (Prodege Ads): the postbacks of its offerwall. */
export const adgate: Preset = {
  id: 'adgate',
  name: 'AdGate',
  parameters: {
    clickId: ['clickid', 's1', 'click_id'],
    amount: ['payout', 'usd_value', 'amount'],
    transactionId: ['conversion_id', 'tx_id', 'txid'],
    event: ['event_id', 'event'],
    status: ['state', 'status'],
    currency: ['currency'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: { clickId: '{s1}', amount: '{payout}', transactionId: '{conversion_id}', status: '{state}' },
  dropInPaths: [],
};
