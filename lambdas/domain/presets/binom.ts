import { generic } from './generic';
import type { Preset } from './preset';

/**
 * Binom, versions 1 and 2: its traffic source postback, and senders whose URL was written for a Binom tracker.
 * `cnv_status` is free text in Binom; the words here are those of its documentation and of one sender that documents numbers.
 */
export const binom: Preset = {
  id: 'binom',
  name: 'Binom',
  parameters: {
    clickId: ['cnv_id', 'clickid', 'click_id'],
    amount: ['payout', 'amount'],
    transactionId: ['txid'],
    event: ['event'],
    status: ['cnv_status', 'status'],
    currency: ['cnv_currency', 'currency'],
  },
  statuses: {
    ...generic.statuses,
    approve: 'approved',
    hold: 'pending',
    reject: 'rejected',
    '1': 'approved',
    '2': 'pending',
    '3': 'rejected',
  },
  freeStatuses: true,
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'update',
  tokens: {
    clickId: '{externalid}',
    amount: '{payout}',
    status: '{cnv_status}',
    currency: '{cnv_currency}',
  },
  dropInPaths: ['/click.php', '/click'],
};
