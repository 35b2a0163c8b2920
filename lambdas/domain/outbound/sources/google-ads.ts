import type { SourceTemplate } from './template';

export const googleAds: SourceTemplate = {
  id: 'google-ads',
  name: 'Google Ads by the Data Manager API',
  kind: 'conversion-api',
  click: { parameter: 'gclid' },
  method: 'POST',
  url: 'https://datamanager.googleapis.com/v1/events:ingest',
  headers: { Authorization: 'Bearer {secret:access_token}' },
  exchange: {
    kind: 'google-service-account',
    secret: 'service_account',
    as: 'access_token',
    url: 'https://oauth2.googleapis.com/token',
    scope: 'https://www.googleapis.com/auth/datamanager',
  },
  body: {
    destinations: [
      {
        operatingAccount: { accountType: 'GOOGLE_ADS', accountId: '{account:customer}' },
        productDestinationId: '{account:action}',
      },
    ],
    consent: { adUserData: 'CONSENT_GRANTED' },
    events: [
      {
        transactionId: '{delivery_id}',
        eventTimestamp: '{conversion_time:iso}',
        eventSource: 'WEB',
        adIdentifiers: { gclid: '{external_id}' },
        conversionValue: '{payout|number}',
        currency: '{currency}',
      },
    ],
  },
  account: {
    customer: 'The ID of the Google Ads account that owns the conversion action, ten digits without hyphens.',
    action: 'The ID of the conversion action: ctId in its address.',
  },
  secrets: {
    service_account:
      'The key file (JSON) of a service account in whose project the Data Manager API is enabled, and which is a user of the Google Ads account.',
  },
  currency: 'any',
  requiresConsent: true,
  confidence: 'documented',
  evidence: [
    {
      title: 'Google: send events with the Data Manager API',
      url: 'https://developers.google.com/data-manager/api/devguides/events/send-events',
      readOn: '2026-11-30',
      says: 'A request has destinations and events. operatingAccount is the Google Ads account that owns the conversion action; a bad request names the field.',
    },
    {
      title: 'Source of stape-io/google-conversion-events-tag',
      url: 'https://github.com/stape-io/google-conversion-events-tag',
      readOn: '2026-11-30',
      says: 'POST v1/events:ingest with the scope datamanager; events have transactionId, eventTimestamp, eventSource, conversionValue, currency and adIdentifiers with gclid; consent has adUserData.',
    },
    {
      title: 'deno.land: google_jwt_sa',
      url: 'https://deno.land/x/google_jwt_sa',
      readOn: '2026-11-30',
      says: 'The key file of a service account has client_email and private_key; tokens are given at oauth2.googleapis.com/token.',
    },
  ],
  notes: [
    'It is sent only where the click says ad_user_data=granted. Where no law asks for consent, write that into the links.',
    'Clicks that Google tags with gbraid or wbraid alone are skipped as `MACRO_EMPTY`.',
    'Google accepts a request first and matches it later: what is accepted here may not be attributed there. Its diagnostics show that.',
    'The old way, offline conversions of the Google Ads API, takes no new accounts since June 2026.',
  ],
};
