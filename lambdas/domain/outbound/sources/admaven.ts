import type { SourceTemplate } from './template';

export const admaven: SourceTemplate = {
  id: 'admaven',
  name: 'AdMaven',
  kind: 'network',
  click: { token: '{:click_id}', aliases: ['{subid}'] },
  method: 'GET',
  url: 'https://pixel-maven.com/pixel?info={account:info}&unique_req={external_id}&value={payout}',
  account: { info: 'It is in the postback URL that AdMaven shows you, after info=.' },
  currency: 'unknown',
  confidence: 'account-specific',
  evidence: [
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: 'GET pixel-maven.com/pixel with info, unique_req and value. It answers 200 and a GIF to anything; two older hosts are dead.',
    },
  ],
  notes: [
    'AdMaven accepts whatever it is sent: compare its report with ours.',
    'The token is {:click_id} or {subid}, as the account says.',
  ],
};
