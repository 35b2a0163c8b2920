import type { SourceTemplate } from './template';

export const kwai: SourceTemplate = {
  id: 'kwai',
  name: 'Kwai Event API',
  kind: 'conversion-api',
  click: { token: '__CLICKID__', parameter: 'clickid' },
  method: 'POST',
  url: 'https://www.adsnebula.com/log/common/api',
  body: {
    access_token: '{secret:token}',
    clickid: '{external_id}',
    event_name: '{event:sale=EVENT_PURCHASE,purchase=EVENT_PURCHASE,conversion=EVENT_PURCHASE,order=EVENT_PURCHASE}',
    is_attributed: 1,
    mmpcode: 'PL',
    pixelId: '{account:pixel}',
    pixelSdkVersion: '9.9.9',
    testFlag: false,
    trackFlag: false,
  },
  account: { pixel: 'The ID of the pixel.' },
  secrets: { token: 'The access token of the pixel.' },
  currency: 'any',
  confidence: 'corroborated',
  evidence: [
    {
      title: 'Source of nine public repositories that call it',
      readOn: '2026-11-29',
      says: 'POST JSON with access_token, clickid, event_name, is_attributed 1, mmpcode PL, pixelId, pixelSdkVersion, testFlag and trackFlag, the last two false but for tests.',
    },
  ],
  notes: ['No amount is sent: the repositories do not agree on where it goes.'],
};
