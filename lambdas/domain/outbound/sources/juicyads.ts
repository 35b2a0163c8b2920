import type { SourceTemplate } from './template';

export const juicyads: SourceTemplate = {
  id: 'juicyads',
  name: 'JuicyAds',
  kind: 'network',
  click: { token: '{dynamicS2S}' },
  cost: { token: '{dynamicBID}' },
  method: 'GET',
  url: 'https://ck.juicyads.com/ilikeitjuicy.php?c={account:c}&s2s={external_id}&amount={payout}&token={account:token}&data={account:data}&goal={account:goal}',
  account: {
    c: 'It is in the postback URL that JuicyAds shows you, after c=.',
    token: 'It is in the postback URL that JuicyAds shows you, after token=.',
    data: 'It is in the postback URL that JuicyAds shows you, after data=.',
    goal: 'It is in the postback URL that JuicyAds shows you, after goal=.',
  },
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET ilikeitjuicy.php with c, s2s, amount, token, data and goal.',
    },
  ],
};
