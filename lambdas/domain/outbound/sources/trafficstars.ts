import type { SourceTemplate } from './template';

export const trafficstars: SourceTemplate = {
  id: 'trafficstars',
  name: 'TrafficStars',
  kind: 'network',
  click: { token: '{click_id}' },
  cost: { token: '{cost}' },
  method: 'GET',
  url: 'https://tsyndicate.com/api/v1/cpa/action?key={account:key}&clickid={external_id}&goalid={account:goalid}&value={payout}&lead_code={txid}',
  account: {
    key: 'The key in the postback URL that TrafficStars shows you.',
    goalid: 'The number of the goal in the postback URL that TrafficStars shows you.',
  },
  currency: 'unknown',
  success: { hasNot: ['invalid clickid'] },
  confidence: 'documented',
  evidence: [
    {
      title: 'TrafficStars: how to set up tracking conversions',
      url: 'https://trafficstars.com/faq/articles/how-to-set-up-tracking-conversions',
      readOn: '2026-11-29',
      says: 'GET cpa/action with key, clickid, goalid, value and lead_code. Repeats need another lead_code.',
    },
    {
      title: 'Source of stape-io/trafficstars-tag',
      url: 'https://github.com/stape-io/trafficstars-tag',
      readOn: '2026-11-29',
      says: 'The answer is JSON that says ok, or an error message such as invalid clickid.',
    },
  ],
};
