import type { SourceTemplate } from './template';

export const microsoftCapi: SourceTemplate = {
  id: 'microsoft-capi',
  name: 'Microsoft UET Conversion API',
  kind: 'conversion-api',
  click: { parameter: 'msclkid' },
  method: 'POST',
  url: 'https://capi.uet.microsoft.com/v1/{account:tag}/events',
  headers: { Authorization: 'Bearer {secret:token}' },
  body: {
    data: [
      {
        eventType: 'custom',
        eventName: '{event:sale=purchase,purchase=purchase,conversion=purchase,order=purchase}',
        eventId: '{delivery_id}',
        eventTime: '{conversion_time:s|number}',
        eventSourceUrl: '{account:site}',
        adStorageConsent: 'G',
        userData: { msclkid: '{external_id}', clientUserAgent: '{user_agent}' },
        customData: {
          value: '{payout|number}',
          eventValue: '{payout|number}',
          currency: '{currency}',
          transactionId: '{txid}',
        },
      },
    ],
  },
  account: {
    tag: 'The ID of the UET tag.',
    site: 'The address of the page on which conversions happen, with https://.',
  },
  secrets: { token: 'The token that your account manager enables.' },
  currency: 'any',
  requiresConsent: true,
  confidence: 'documented',
  evidence: [
    {
      title: 'Microsoft: UET Conversion API integration',
      url: 'https://learn.microsoft.com',
      readOn: '2026-11-29',
      says: 'POST v1/TAG/events with a Bearer token; the API is a pilot that an account manager enables. adStorageConsent is G or D.',
    },
    {
      title: 'Source of stape-io/microsoft-capi-tag',
      url: 'https://github.com/stape-io/microsoft-capi-tag',
      readOn: '2026-11-29',
      says: 'data holds events with eventType, eventName, eventId, eventTime in seconds, userData with msclkid, and customData.',
    },
  ],
  notes: ['It is sent only where the click says ad_user_data=granted.'],
};
