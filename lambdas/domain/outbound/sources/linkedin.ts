import type { SourceTemplate } from './template';

export const linkedin: SourceTemplate = {
  id: 'linkedin',
  name: 'LinkedIn Conversions API',
  kind: 'conversion-api',
  click: { parameter: 'li_fat_id' },
  method: 'POST',
  url: 'https://api.linkedin.com/rest/conversionEvents',
  headers: {
    Authorization: 'Bearer {secret:token}',
    'LinkedIn-Version': '{account:version}',
    'X-Restli-Protocol-Version': '2.0.0',
  },
  body: {
    conversion: 'urn:lla:llaPartnerConversion:{account:rule}',
    conversionHappenedAt: '{conversion_time:ms|number}',
    conversionValue: { currencyCode: '{currency}', amount: '{payout}' },
    eventId: '{delivery_id}',
    user: { userIds: [{ idType: 'LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID', idValue: '{external_id}' }] },
  },
  account: {
    rule: 'The number of the conversion rule, made for the method CONVERSIONS_API.',
    version:
      'A version of the marketing API that LinkedIn still serves, such as 202604. Each is switched off after about a year.',
  },
  secrets: { token: 'An access token with rw_conversions. It expires: set a new one before that.' },
  currency: 'any',
  maxAgeDays: 90,
  confidence: 'documented',
  evidence: [
    {
      title: 'Microsoft Learn: LinkedIn Conversions API',
      url: 'https://learn.microsoft.com/en-us/linkedin/marketing/integrations/ads-reporting/conversions-api',
      readOn: '2026-11-30',
      says: 'Calls need rw_conversions by 3-legged OAuth, and a dated version; versions are sunset one after the other.',
    },
    {
      title: 'Salesforce: LinkedIn Conversion API connector',
      url: 'https://developer.salesforce.com/docs/data/data-cloud-int/guide/c360-a-linkedincapi-connector.html',
      readOn: '2026-11-30',
      says: 'An event older than 90 days is rejected. At most 600 requests a minute.',
    },
    {
      title: 'Source of stape-io/linkedin-tag',
      url: 'https://github.com/stape-io/linkedin-tag',
      readOn: '2026-11-30',
      says: 'POST rest/conversionEvents with conversion, conversionHappenedAt in milliseconds, conversionValue with amount as text, eventId, and userIds of type LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID.',
    },
  ],
  notes: [
    'The conversion rule says what kind of event it is: use `events` of the postback to send each to its own rule.',
  ],
};
