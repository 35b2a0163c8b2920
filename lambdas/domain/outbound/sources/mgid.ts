import type { SourceTemplate } from './template';

export const mgid: SourceTemplate = {
  id: 'mgid',
  name: 'MGID',
  kind: 'network',
  click: { token: '{click_id}', parameter: 'adclid' },
  cost: { token: '{click_price}' },
  method: 'GET',
  url: 'https://a.mgid.com/postback/{account:client}?c={external_id}&e={account:event}&r={payout}',
  account: {
    client: 'It is in the postback URL that MGID shows you, after /postback/.',
    event: 'The name of the conversion stage.',
  },
  currency: 'unknown',
  confidence: 'documented',
  evidence: [
    {
      title: 'MGID: postback tracking method',
      url: 'https://help.mgid.com/postback-tracking-method',
      readOn: '2026-11-29',
      says: 'The postback has c for the click ID, e for the event and r for the revenue.',
    },
    {
      title: 'Source of stape-io/mgid-tag',
      url: 'https://github.com/stape-io/mgid-tag',
      readOn: '2026-11-29',
      says: 'GET a.mgid.com/postback/CLIENT with c, e and r; the click ID arrives as adclid.',
    },
  ],
  notes: ['Adskeeper, Tovarro and Marketgid use the same URL under other hosts: set "url" for those.'],
};
