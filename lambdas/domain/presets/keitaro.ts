import type { Preset } from './preset';

/**
 * Keitaro: its S2S postback, and networks whose URL was written for a Keitaro tracker. In the first, `{subid}` is Keitaro's own
 * click; the ID that came with the visit is `{external_id}`.
 */
export const keitaro: Preset = {
  id: 'keitaro',
  name: 'Keitaro',
  parameters: {
    clickId: ['subid', 'clickid', 'click_id'],
    amount: ['payout', 'revenue', 'amount'],
    transactionId: ['tid', 'txid'],
    event: ['event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: { lead: 'pending', sale: 'approved', rebill: 'approved', trash: 'rejected' },
  statusParameters: {
    lead_status: 'pending',
    sale_status: 'approved',
    rejected_status: 'rejected',
    ignore_status: 'ignore',
  },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: {
    clickId: '{external_id}',
    amount: '{revenue}',
    transactionId: '{tid}',
    status: '{status}',
    currency: '{currency}',
  },
  dropInPaths: ['/{key}/postback'],
};
