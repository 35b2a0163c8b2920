import type { SourceTemplate } from './template';

export const evadav: SourceTemplate = {
  id: 'evadav',
  name: 'EvaDav',
  kind: 'network',
  click: { token: '{CLICKID}' },
  method: 'GET',
  url: 'https://evadav.com/phpb?click_id={external_id}&payout={payout}',
  currency: 'unknown',
  success: { hasNot: ['"status":"error"'] },
  confidence: 'corroborated',
  evidence: [
    {
      title: "Keitaro's template of this source, in a public export of 196 templates",
      readOn: '2026-11-29',
      says: 'GET evadav.com/phpb with click_id and payout.',
    },
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: '200 with "status":"error" is a rejection. Only GET is answered.',
    },
  ],
};
