import type { SourceTemplate } from './template';

export const pushhouse: SourceTemplate = {
  id: 'pushhouse',
  name: 'Push.House',
  kind: 'network',
  click: { token: '{click_id}' },
  cost: { token: '{price}' },
  method: 'GET',
  url: 'http://api.push.house/v1/postback?click_id={external_id}&cost={payout}',
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET api.push.house/v1/postback with click_id and cost.',
    },
  ],
};
