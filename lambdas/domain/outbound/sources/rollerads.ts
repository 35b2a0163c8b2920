import type { SourceTemplate } from './template';

export const rollerads: SourceTemplate = {
  id: 'rollerads',
  name: 'RollerAds',
  kind: 'network',
  click: { token: '{clickid}' },
  method: 'GET',
  url: 'https://trk.roller.ad/conversion/aid/{account:account}/{account:key}?click_id={external_id}',
  account: {
    account: 'It is in the postback URL that RollerAds shows you, after /aid/.',
    key: 'It is in the postback URL that RollerAds shows you, after the account.',
  },
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET trk.roller.ad/conversion/aid/ACCOUNT/KEY with click_id.',
    },
  ],
  notes: ['No amount is sent: the sourced URL has no parameter for one.'],
};
