import type { SourceTemplate } from './template';

export const clickadilla: SourceTemplate = {
  id: 'clickadilla',
  name: 'ClickAdilla',
  kind: 'network',
  click: { token: '[CLICK_ID]' },
  parameters: { campaign_id: '[CAMPAIGN_ID]' },
  method: 'GET',
  url: 'https://tracking.clickadilla.com/in/postbacks/?token={account:token}&campaign_id={param:campaign_id!}&click_id={external_id}&payout={payout}',
  account: { token: 'It is in the postback URL that ClickAdilla shows you, after token=.' },
  currency: 'unknown',
  confidence: 'documented',
  evidence: [
    {
      title: 'ClickAdilla: postback URL',
      url: 'https://clickadilla.com/help/advertisers',
      readOn: '2026-11-29',
      says: 'GET in/postbacks with token, campaign_id, click_id and payout; [CLICK_ID] and [CAMPAIGN_ID] in the landing URL.',
    },
  ],
  notes: ['The landing URL must carry campaign_id=[CAMPAIGN_ID], too.'],
};
