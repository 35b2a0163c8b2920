import type { SourceTemplate } from './template';

export const adsterra: SourceTemplate = {
  id: 'adsterra',
  name: 'Adsterra',
  kind: 'network',
  click: { token: '##SUB_ID_SHORT(action)##' },
  method: 'GET',
  url: 'https://www.pbterra.com/name/{account:advertiser}/at?subid_short={external_id}&atpay={payout}',
  account: { advertiser: 'It is in the postback URL that Adsterra shows you, after /name/.' },
  currency: ['USD'],
  confidence: 'documented',
  evidence: [
    {
      title: 'Adsterra help centre, article 4575914',
      url: 'https://help-advertisers.adsterra.com',
      readOn: '2026-11-29',
      says: 'The token is ##SUB_ID_SHORT(action)##, the postback has subid_short and atpay, and the amount is in USD.',
    },
  ],
};
