import type { SourceTemplate } from './template';

export const mondiad: SourceTemplate = {
  id: 'mondiad',
  name: 'Mondiad',
  kind: 'network',
  click: { token: '[clickid]' },
  cost: { token: '[bid]' },
  method: 'GET',
  url: 'https://postback.mondiad.com/track?uid={account:uid}&clickid={external_id}&payout={payout}',
  account: { uid: 'It is in the postback URL that Mondiad shows you, after uid=.' },
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET postback.mondiad.com/track with uid, clickid and payout.',
    },
  ],
};
