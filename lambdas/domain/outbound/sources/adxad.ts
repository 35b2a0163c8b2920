import type { SourceTemplate } from './template';

export const adxad: SourceTemplate = {
  id: 'adxad',
  name: 'AdxAd',
  kind: 'network',
  click: { token: '{clickid}' },
  method: 'GET',
  url: 'http://conv.adxadserv.com/?clickid={external_id}&payout={payout}&type={account:type}',
  account: { type: 'The goal: goal1, goal2 or goal3.' },
  currency: ['USD'],
  confidence: 'documented',
  evidence: [
    {
      title: 'AdxAd: conversions import service',
      url: 'https://adxad.com/en/conversions-import-service',
      readOn: '2026-11-29',
      says: 'GET conv.adxadserv.com with clickid, payout in USD with a point, and type goal1 to goal3.',
    },
  ],
};
