import type { SourceTemplate } from './template';

export const meta: SourceTemplate = {
  id: 'meta',
  name: 'Meta Conversions API',
  kind: 'conversion-api',
  click: { parameter: 'fbclid' },
  method: 'POST',
  url: 'https://graph.facebook.com/v25.0/{account:pixel}/events',
  body: {
    data: [
      {
        event_name:
          '{event:sale=Purchase,purchase=Purchase,conversion=Purchase,order=Purchase,lead=Lead,registration=CompleteRegistration,signup=CompleteRegistration,subscription=Subscribe,trial=StartTrial}',
        event_time: '{conversion_time:s|number}',
        event_id: '{delivery_id}',
        action_source: 'website',
        event_source_url: '{account:site}',
        user_data: { fbc: 'fb.1.{click_time:ms!}.{external_id}', client_user_agent: '{user_agent!}' },
        custom_data: { value: '{payout|number}', currency: '{currency}', order_id: '{txid}' },
      },
    ],
    access_token: '{secret:token}',
  },
  account: {
    pixel: 'The ID of the pixel or dataset.',
    site: 'The address of the page on which conversions happen, with https://.',
  },
  secrets: { token: 'The access token of the Conversions API, from the settings of the dataset.' },
  currency: 'any',
  maxAgeDays: 7,
  confidence: 'documented',
  evidence: [
    {
      title: 'Meta: server event parameters',
      url: 'https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event',
      readOn: '2026-11-29',
      says: 'event_time is in seconds, up to 7 days back: an older event fails its whole request. event_name and event_id remove duplicates within 48 hours.',
    },
    {
      title: 'Meta: Conversions API parameters',
      url: 'https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters.md',
      readOn: '2026-11-29',
      says: 'Website events need client_user_agent, action_source and event_source_url.',
    },
    {
      title: 'Source of stape-io/facebook-tag',
      url: 'https://github.com/stape-io/facebook-tag',
      readOn: '2026-11-29',
      says: 'fbc is fb.1, the time of the click in milliseconds and fbclid, parted by points.',
    },
  ],
  notes: [
    'Meta matches by fbclid and the browser alone: a raw IP address is never kept here, so that its match quality stays lower.',
    'The token is sent in the body, so that no log of URLs holds it.',
  ],
};
