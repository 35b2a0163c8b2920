import type { SourceTemplate } from './template';

export const axon: SourceTemplate = {
  id: 'axon',
  name: 'AppLovin Axon',
  kind: 'conversion-api',
  click: { parameter: 'aleid' },
  method: 'POST',
  url: 'https://b.applovin.com/v1/event?pixel_id={account:pixel}',
  headers: { Authorization: '{secret:key}' },
  body: [
    {
      name: '{event:sale=purchase,purchase=purchase,conversion=purchase,order=purchase,lead=generate_lead,registration=sign_up,signup=sign_up,subscription=subscribe}',
      event_time: '{conversion_time:ms|number}',
      event_source_url: '{account:site}',
      dedupe_id: '{delivery_id}',
      data: { value: '{payout|number}', currency: '{currency}', transaction_id: '{txid}' },
      user_data: { esi: '{account:esi}', aleid: '{external_id}', client_user_agent: '{user_agent}' },
    },
  ],
  account: {
    pixel: 'The ID of the Axon pixel.',
    site: 'The address of the page on which conversions happen, with https://.',
    esi: 'The event source, in the word that the API reference of Axon has for yours.',
  },
  secrets: { key: 'The API key of the pixel.' },
  currency: 'any',
  success: { statuses: [200] },
  confidence: 'corroborated',
  evidence: [
    {
      title: 'Source of stape-io/axon-tag',
      url: 'https://github.com/stape-io/axon-tag',
      readOn: '2026-11-29',
      says: 'POST v1/event with a list of events; each has name, event_time in milliseconds, event_source_url, dedupe_id, data and user_data with aleid or another identifier. 200 is good, 400 and 401 are rejections.',
    },
  ],
};
