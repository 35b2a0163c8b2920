import type { SourceTemplate } from './template';

export const outbrain: SourceTemplate = {
  id: 'outbrain',
  name: 'Outbrain',
  kind: 'network',
  click: {},
  method: 'GET',
  url: 'https://tr.outbrain.com/unifiedPixel?ob_click_id={external_id}&name={account:event}&orderId={txid}&orderValue={payout}&currency={currency}',
  account: { event: 'The name of the conversion event. Case matters.' },
  currency: 'any',
  confidence: 'documented',
  evidence: [
    {
      title: 'Source of stape-io/outbrain-tag',
      url: 'https://github.com/stape-io/outbrain-tag',
      readOn: '2026-11-29',
      says: 'GET unifiedPixel with ob_click_id, name, orderId, orderValue and currency.',
    },
    {
      title: 'Outbrain: server-to-server integrations',
      url: 'https://www.outbrain.com/help/advertisers/server2server-integrations',
      readOn: '2026-11-29',
      says: 'The event name is matched with its case.',
    },
  ],
  notes: ['How the token is spelt in the landing URL is not confirmed: take it from the Outbrain dashboard.'],
};
