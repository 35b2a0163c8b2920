import type { SourceTemplate } from './template';

export const reddit: SourceTemplate = {
  id: 'reddit',
  name: 'Reddit Conversions API',
  kind: 'conversion-api',
  click: { parameter: 'rdt_cid' },
  method: 'POST',
  url: 'https://ads-api.reddit.com/api/v3/pixels/{account:pixel}/conversion_events',
  headers: { Authorization: 'Bearer {secret:token}' },
  body: {
    data: {
      events: [
        {
          event_at: '{conversion_time:ms|number}',
          action_source: 'WEBSITE',
          type: {
            tracking_type:
              '{event:sale=PURCHASE,purchase=PURCHASE,conversion=PURCHASE,order=PURCHASE,lead=LEAD,registration=SIGN_UP,signup=SIGN_UP}',
          },
          click_id: '{external_id}',
          user: { user_agent: '{user_agent}' },
          metadata: { conversion_id: '{delivery_id}', value: '{payout|number}', currency: '{currency}' },
        },
      ],
    },
  },
  account: { pixel: 'The ID of the pixel, from the Events Manager.' },
  secrets: { token: 'A conversion access token, from the Events Manager. It does not expire.' },
  currency: 'any',
  maxAgeDays: 7,
  confidence: 'corroborated',
  evidence: [
    {
      title: 'Tealium: Reddit Conversions API',
      url: 'https://docs.tealium.com',
      readOn: '2026-11-29',
      says: 'Events are taken for 7 days, and conversion_id removes duplicates.',
    },
    {
      title: 'Source of public repositories that call version 3, rudder-transformer among them',
      readOn: '2026-11-29',
      says: 'POST pixels/ID/conversion_events with data.events; each has event_at in milliseconds, action_source, type.tracking_type in capitals, click_id, user and metadata.',
    },
  ],
};
