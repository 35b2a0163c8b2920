import type { SourceTemplate } from './template';

export const pinterest: SourceTemplate = {
  id: 'pinterest',
  name: 'Pinterest Conversions API',
  kind: 'conversion-api',
  click: { parameter: 'epik' },
  method: 'POST',
  url: 'https://api.pinterest.com/v5/ad_accounts/{account:advertiser}/events',
  headers: { Authorization: 'Bearer {secret:token}' },
  body: {
    data: [
      {
        event_name:
          '{event:sale=checkout,purchase=checkout,conversion=checkout,order=checkout,lead=lead,registration=signup,signup=signup}',
        action_source: 'web',
        event_time: '{conversion_time:s|number}',
        event_id: '{delivery_id}',
        event_source_url: '{account:site}',
        user_data: { em: ['{param:em!}'], click_id: '{external_id}', client_user_agent: '{user_agent}' },
        custom_data: { value: '{payout}', currency: '{currency}', order_id: '{txid}' },
      },
    ],
  },
  account: {
    advertiser: 'The ID of the ad account.',
    site: 'The address of the page on which conversions happen, with https://.',
  },
  secrets: { token: 'The conversion access token, from Conversions in the Ads Manager.' },
  currency: 'any',
  success: { hasNot: ['"status":"failed"'] },
  confidence: 'corroborated',
  evidence: [
    {
      title: 'PostHog: Pinterest Ads conversions',
      url: 'https://posthog.com/docs/cdp/destinations/pinterest-ads',
      readOn: '2026-11-30',
      says: 'Pinterest needs em, hashed_maids, or both client_ip_address and client_user_agent. event_time is in seconds; event_id removes duplicates.',
    },
    {
      title: "Pinterest's generated client: conversion events",
      url: 'https://github.com/pinterest/pinterest-python-generated-api-client/blob/main/docs/ConversionEventsApi.md',
      readOn: '2026-11-30',
      says: 'POST ad_accounts/ID/events with a conversion token as Bearer; 5,000 calls a minute. Offline events are not deduplicated.',
    },
    {
      title: 'Source of stape-io/pinterest-tag',
      url: 'https://github.com/stape-io/pinterest-tag',
      readOn: '2026-11-30',
      says: 'data holds events with event_name, action_source, event_time, event_id, user_data and custom_data, whose value is a text.',
    },
  ],
  notes: [
    'Pinterest does not match by its click ID alone, and a raw IP address is never kept here. The click must carry `em`: the SHA-256 of the e-mail address in lower case. Clicks without it are skipped as `MACRO_EMPTY`.',
    'What arrives more than an hour late counts as an offline event there.',
  ],
};
