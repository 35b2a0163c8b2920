import type { SourceTemplate } from './template';

export const richads: SourceTemplate = {
  id: 'richads',
  name: 'RichAds',
  kind: 'network',
  click: { token: '[CLICK_ID]' },
  cost: { token: '[BID_PRICE]' },
  method: 'GET',
  url: 'https://xml.auxml.com/log?action=conversion&key={external_id}&price={payout}',
  currency: 'unknown',
  success: { hasNot: ['Required url parameters are not present'] },
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET /log?action=conversion with key and price, on xml.auxml.com or us.ahows.co.',
    },
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: '200 with "Required url parameters are not present" is a rejection.',
    },
    {
      title: 'ValidVisit: RichAds tracking tokens',
      url: 'https://validvisit.com/tools/tracking-tokens/richads',
      readOn: '2026-11-29',
      says: 'The token of the click ID is [CLICK_ID].',
    },
  ],
  notes: [
    'Accounts on us.ahows.co set "url" with that host.',
    'Pop campaigns have [CPV_PRICE] as the token of the cost.',
  ],
};
