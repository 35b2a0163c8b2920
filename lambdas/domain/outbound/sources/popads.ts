import type { SourceTemplate } from './template';

export const popads: SourceTemplate = {
  id: 'popads',
  name: 'PopAds',
  kind: 'network',
  click: { token: '[IMPRESSIONID]' },
  cost: { token: '[BID]' },
  method: 'GET',
  url: 'https://serve.popads.net/cpixel.php?s2s=1&aid={account:aid}&id={external_id}&value={payout}',
  account: { aid: 'The ID of the conversion pixel, after aid=.' },
  currency: ['USD'],
  maxAgeDays: 2,
  confidence: 'corroborated',
  evidence: [
    {
      title: 'Source of six public repositories that call it',
      readOn: '2026-11-29',
      says: 'GET cpixel.php with s2s=1, aid, id and value.',
    },
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: 'The value is in USD. An impression ID is kept for 48 hours.',
    },
  ],
  notes: ['PopAds keeps an impression ID for 48 hours: what is reported later is skipped as EXPIRED.'],
};
