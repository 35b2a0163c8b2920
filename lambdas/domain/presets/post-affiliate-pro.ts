import type { Preset } from './preset';

/**
 * Post Affiliate Pro: shops whose sale pixel or postback was written for it, under the long names of sale.php or the short ones of
 * its tracking request. The variables of its own affiliate postback could not be sourced, so that it has no tokens here.
 */
export const postAffiliatePro: Preset = {
  id: 'post-affiliate-pro',
  name: 'Post Affiliate Pro',
  parameters: {
    clickId: ['visitorId', 'clickid', 'click_id'],
    amount: ['TotalCost', 't', 'amount'],
    transactionId: ['OrderID', 'o', 'txid'],
    event: ['ActionCode', 'ac', 'event'],
    status: ['PStatus', 's', 'status'],
    currency: ['Currency', 'cr'],
  },
  statuses: { a: 'approved', p: 'pending', d: 'rejected', declined: 'rejected' },
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore-by-transaction',
  tokens: {},
  dropInPaths: ['/scripts/sale.php', '/scripts/track.php'],
};
