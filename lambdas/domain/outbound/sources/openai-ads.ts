import type { SourceTemplate } from './template';

export const openaiAds: SourceTemplate = {
  id: 'openai-ads',
  name: 'OpenAI Ads Conversions API',
  kind: 'conversion-api',
  click: { parameter: 'oppref' },
  method: 'POST',
  url: 'https://bzr.openai.com/v1/events?pid={account:pixel}',
  headers: { Authorization: 'Bearer {secret:key}' },
  body: {
    validate_only: false,
    events: [
      {
        id: '{delivery_id}',
        type: '{event:sale=order_created,purchase=order_created,conversion=order_created,order=order_created}',
        timestamp_ms: '{conversion_time:ms|number}',
        oppref: '{external_id}',
        source_url: '{account:site}',
        action_source: 'web',
        data: { type: 'contents' },
      },
    ],
  },
  account: {
    pixel: 'The pixel ID, from the conversions tab of the Ads Manager.',
    site: 'The address of the page on which conversions happen, with https://.',
  },
  secrets: { key: 'The Conversions API key, from the same tab.' },
  currency: 'any',
  maxAgeDays: 7,
  confidence: 'documented',
  evidence: [
    {
      title: 'OpenAI: Conversions API',
      url: 'https://developers.openai.com/ads/conversions-api',
      readOn: '2026-11-29',
      says: 'POST v1/events?pid=PIXEL with events; each has id, type, timestamp_ms, oppref, source_url, action_source and data. Events are taken for 7 days; id and type remove duplicates.',
    },
  ],
  notes: ['No amount is sent: the page that was read names none in data. Orders alone are reported.'],
};
