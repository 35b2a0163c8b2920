import type { SourceTemplate } from './template';

export const popcash: SourceTemplate = {
  id: 'popcash',
  name: 'PopCash',
  kind: 'network',
  click: { token: '[clickid]' },
  method: 'GET',
  url: 'https://ct.popcash.net/click?aid={account:aid}&clickid={external_id}&payout={payout}',
  account: { aid: 'It is in the postback URL that PopCash shows you, after aid=.' },
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET ct.popcash.net/click with aid, clickid and payout. The token is in lower case.',
    },
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: '400 is a rejection.',
    },
  ],
};
