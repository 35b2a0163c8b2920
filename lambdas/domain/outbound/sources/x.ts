import type { SourceTemplate } from './template';

export const x: SourceTemplate = {
  id: 'x',
  name: 'X Conversion API',
  kind: 'conversion-api',
  click: { parameter: 'twclid' },
  method: 'POST',
  url: 'https://ads-api.x.com/12/measurement/conversions/{account:pixel}',
  headers: { 'X-Pixel-Token': '{secret:token}' },
  body: {
    conversions: [
      {
        conversion_time: '{conversion_time:iso}',
        event_id: '{account:event}',
        identifiers: [{ twclid: '{external_id}' }],
        conversion_id: '{delivery_id}',
        value: '{payout}',
        price_currency: '{currency}',
      },
    ],
  },
  account: { pixel: 'The ID of the pixel.', event: 'The ID of the event, tw-PIXEL-EVENT, from the Events Manager.' },
  secrets: { token: 'The pixel token, from Manual, Conversion API, Generate access token in the Events Manager.' },
  currency: 'any',
  success: { has: ['conversions_processed'] },
  confidence: 'corroborated',
  evidence: [
    {
      title: 'Source of stape-io/twitter-tag',
      url: 'https://github.com/stape-io/twitter-tag',
      readOn: '2026-11-29',
      says: 'X-Pixel-Token replaces OAuth 1.0a, which ends in December 2026. The answer is good only where it has data.conversions_processed.',
    },
    {
      title: 'Source of public repositories that call version 12',
      readOn: '2026-11-29',
      says: 'POST measurement/conversions/PIXEL with conversions; each has conversion_time in ISO 8601, event_id, identifiers with twclid, and conversion_id.',
    },
  ],
};
