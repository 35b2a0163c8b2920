import type { SourceTemplate } from './template';

export const propellerads: SourceTemplate = {
  id: 'propellerads',
  name: 'PropellerAds',
  kind: 'network',
  click: { token: '${SUBID}' },
  method: 'GET',
  url: 'https://ad.propellerads.com/conversion.php?aid={account:aid}&pid=&tid={account:tid}&visitor_id={external_id}&payout={payout}&goal={account:goal?}',
  account: {
    aid: 'It is in the postback URL that PropellerAds shows you, after aid=.',
    tid: 'It is in the postback URL that PropellerAds shows you, after tid=.',
    goal: 'The number of the goal, 1 to 3. Leave it out for the main conversion.',
  },
  currency: 'unknown',
  confidence: 'corroborated',
  evidence: [
    {
      title: 'Source of eight public repositories that call it',
      readOn: '2026-11-29',
      says: 'GET conversion.php with aid, pid, tid, visitor_id and payout; goal is 1 to 3.',
    },
    {
      title: 'A catalogue of seven networks, each called by its author',
      readOn: '2026-11-29',
      says: 'An unknown click ID is answered with 400, an accepted one with 1:0. A conversion shows after about ten minutes.',
    },
  ],
  notes: ['PropellerAds drops repeats of a click ID: a second sale of one click is lost there.'],
};
