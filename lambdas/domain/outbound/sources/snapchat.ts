import type { SourceTemplate } from './template';

export const snapchat: SourceTemplate = {
  id: 'snapchat',
  name: 'Snap Conversions API',
  kind: 'conversion-api',
  click: { parameter: 'ScCid' },
  method: 'POST',
  url: 'https://tr.snapchat.com/v3/{account:pixel}/events?access_token={secret:token}',
  body: {
    data: [
      {
        event_name:
          '{event:sale=PURCHASE,purchase=PURCHASE,conversion=PURCHASE,order=PURCHASE,lead=SIGN_UP,registration=SIGN_UP,signup=SIGN_UP,subscription=SUBSCRIBE,trial=START_TRIAL}',
        event_time: '{conversion_time:s|number}',
        event_id: '{delivery_id}',
        action_source: 'WEB',
        event_source_url: '{account:site}',
        user_data: { sc_click_id: '{external_id}', client_user_agent: '{user_agent}' },
        custom_data: { value: '{payout}', currency: '{currency}', order_id: '{txid}' },
      },
    ],
  },
  account: {
    pixel: 'The ID of the pixel.',
    site: 'The address of the page on which conversions happen, with https://.',
  },
  secrets: { token: 'The long-lived Conversions API token, from the business settings.' },
  currency: 'any',
  maxAgeDays: 37,
  confidence: 'documented',
  evidence: [
    {
      title: 'Snap: Conversions API',
      url: 'https://developers.snap.com/api/marketing-api/Conversions-API',
      readOn: '2026-11-29',
      says: 'POST v3/PIXEL/events; events are taken for 37 days, and event_id removes duplicates.',
    },
    {
      title: 'Source of public repositories that call version 3',
      readOn: '2026-11-29',
      says: 'Event names are in capitals; user_data has sc_click_id and client_user_agent, custom_data has value, currency and order_id.',
    },
  ],
  notes: [
    'The token is in the URL, as Snap requires; it is masked in every display of the URL.',
    'Snap matches best by a hashed e-mail address or phone number, or by a raw IP address: none of them is kept here.',
  ],
};
