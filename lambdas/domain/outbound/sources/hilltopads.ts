import type { SourceTemplate } from './template';

export const hilltopads: SourceTemplate = {
  id: 'hilltopads',
  name: 'HilltopAds',
  kind: 'network',
  click: { token: '{{ctoken}}' },
  cost: { token: '{{price}}' },
  method: 'GET',
  url: 'https://postback.hilltopads.com/close/?token={external_id}&price={payout}&currency={currency}&advertiserId={account:advertiser}&goal={account:goal?}',
  account: {
    advertiser: 'The advertiser ID in the postback URL that HilltopAds shows you.',
    goal: 'The name of the goal. Leave it out for the main conversion.',
  },
  currency: 'any',
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET postback.hilltopads.com/close with token, price, currency and advertiserId; goal for any but the main conversion.',
    },
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: 'The tokens of the landing URL are in double braces. A newer host is trackhta.com.',
    },
  ],
  notes: ['Accounts on trackhta.com set "url" with that host.'],
};
