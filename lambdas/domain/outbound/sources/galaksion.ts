import type { SourceTemplate } from './template';

export const galaksion: SourceTemplate = {
  id: 'galaksion',
  name: 'Galaksion',
  kind: 'network',
  click: { token: '{click_id}' },
  cost: { token: '{cost}' },
  method: 'GET',
  url: 'http://postback.report/postback?cid={account:cid}&click_id={external_id}',
  account: { cid: 'It is in the postback URL that Galaksion shows you, after cid=.' },
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET postback.report/postback with cid and click_id.',
    },
  ],
  notes: ['No amount is sent: the sourced URL has no parameter for one.'],
};
