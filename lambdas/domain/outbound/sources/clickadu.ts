import type { SourceTemplate } from './template';

export const clickadu: SourceTemplate = {
  id: 'clickadu',
  name: 'Clickadu',
  kind: 'network',
  click: { token: '${SUBID}' },
  cost: { token: '{cost}' },
  method: 'GET',
  url: 'http://sconvtrk.com/conversion/{account:hash}/?visitor_id={external_id}&aid={account:aid}',
  account: {
    hash: 'It is in the postback URL that Clickadu shows you, after /conversion/.',
    aid: 'It is in the postback URL that Clickadu shows you, after aid=.',
  },
  currency: 'unknown',
  confidence: 'account-specific',
  evidence: [
    {
      title: 'Clickadu help centre, article 360001757198',
      url: 'https://support.clickadu.com',
      readOn: '2026-11-29',
      says: 'The postback URL belongs to the account.',
    },
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET sconvtrk.com/conversion/HASH/ with visitor_id and aid; ${SUBID} and {cost} in the landing URL.',
    },
  ],
  notes: ['No amount is sent: the documented URL has no parameter for one.'],
};
