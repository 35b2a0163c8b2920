import type { SourceTemplate } from './template';

export const taboola: SourceTemplate = {
  id: 'taboola',
  name: 'Taboola',
  kind: 'network',
  click: { token: '{click_id}' },
  method: 'GET',
  url: 'https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id={external_id}&name={account:event}&revenue={payout}&currency={currency}&orderid={txid}',
  account: { event: 'The event name of the conversion rule. Case matters.' },
  currency: 'any',
  confidence: 'documented',
  evidence: [
    {
      title: 'Taboola: the postback URL',
      url: 'https://developers.taboola.com/pixel/docs/the-postback-url',
      readOn: '2026-11-29',
      says: 'GET s2s-action with click-id, name, revenue, currency and orderid.',
    },
  ],
  notes: ['The click ID has about 120 characters, and its case matters.'],
};
