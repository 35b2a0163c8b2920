import type { SourceTemplate } from './template';

export const tiktok: SourceTemplate = {
  id: 'tiktok',
  name: 'TikTok Events API',
  kind: 'conversion-api',
  click: { token: '__CLICKID__', parameter: 'ttclid' },
  method: 'POST',
  url: 'https://business-api.tiktok.com/open_api/v1.3/event/track/',
  headers: { 'Access-Token': '{secret:token}' },
  body: {
    event_source: 'web',
    event_source_id: '{account:pixel}',
    data: [
      {
        event:
          '{event:sale=CompletePayment,purchase=CompletePayment,conversion=CompletePayment,order=CompletePayment,lead=SubmitForm,registration=CompleteRegistration,signup=CompleteRegistration,subscription=Subscribe}',
        event_time: '{conversion_time:s|number}',
        event_id: '{delivery_id}',
        user: { ttclid: '{external_id}', user_agent: '{user_agent}' },
        page: { url: '{account:site}' },
        properties: { value: '{payout|number}', currency: '{currency}', order_id: '{txid}' },
      },
    ],
  },
  account: {
    pixel: 'The ID of the pixel.',
    site: 'The address of the page on which conversions happen, with https://.',
  },
  secrets: { token: 'The access token of the Events API, from the settings of the pixel.' },
  currency: 'any',
  success: { has: ['"code":0,', '"code":0}'] },
  confidence: 'documented',
  evidence: [
    {
      title: 'TikTok: about event deduplication',
      url: 'https://ads.tiktok.com/help/article/event-deduplication',
      readOn: '2026-11-29',
      says: 'event and event_id remove duplicates within 48 hours.',
    },
    {
      title: 'Source of public repositories that call version 1.3, rudder-transformer among them',
      readOn: '2026-11-29',
      says: 'POST event/track/ with event_source, event_source_id and data; each event has event, event_time in seconds, event_id, user, page and properties. The answer is 200 also for a rejection, with another code than 0.',
    },
  ],
};
