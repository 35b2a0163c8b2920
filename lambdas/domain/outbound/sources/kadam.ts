import type { SourceTemplate } from './template';

export const kadam: SourceTemplate = {
  id: 'kadam',
  name: 'Kadam',
  kind: 'network',
  click: { token: '{click_id}', aliases: ['[CPA]'] },
  cost: { token: '{cpc}' },
  method: 'GET',
  url: 'http://kdtrk.net/ru/postback/?data={external_id}&cost={payout}&status={status}',
  currency: 'unknown',
  confidence: 'documented',
  evidence: [
    {
      title: 'Kadam wiki: Configuring postback for CPA',
      url: 'https://wiki.kadam.net',
      readOn: '2026-11-29',
      says: 'GET kdtrk.net/ru/postback with data, cost and status. Campaigns from before 2021 have [CPA] as the token.',
    },
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'The same URL; {click_id} and {cpc} in the landing URL.',
    },
  ],
  notes: [
    'The status words are set in the Kadam campaign: write ours there, or set "url" with a map such as {status:approved=1}.',
  ],
};
