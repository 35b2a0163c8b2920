import type { Preset } from './preset';

/**
 * TUNE (HasOffers): its partner postback, and advertisers whose conversion URL was written for a TUNE network.
 * In TUNE's own URLs `transaction_id` is the click's session, not an order.
 */
export const tune: Preset = {
  id: 'tune',
  name: 'TUNE',
  parameters: {
    clickId: ['transaction_id', 'aff_click_id', 'aff_sub', 'clickid', 'click_id'],
    amount: ['amount', 'payout'],
    transactionId: ['adv_sub', 'conversion_unique_id', 'txid'],
    event: ['goal_id', 'goal', 'event'],
    status: ['status'],
    currency: ['currency'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {
    clickId: '{aff_sub}',
    amount: '{payout}',
    transactionId: '{transaction_id}',
  },
  dropInPaths: ['/aff_lsr', '/aff_goal', '/aff_l'],
};
