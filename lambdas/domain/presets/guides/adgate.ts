import type { PresetGuide } from '../preset';

export const adgate: PresetGuide = {
  sources: [
    {
      title: 'Prodege Ads: Postback information',
      url: 'https://docs.prodegeads.com/postbacks/postback-information',
      readOn: '2026-11-29',
      says: 'A postback URL carries {conversion_id}, {s1}, {points}, {payout} and {vc_title}. Chargebacks are sent only where it holds {state}, and events without a payout only where it holds {event_id}; their payout is 0.',
    },
    {
      title: 'Prodege Ads: Magic Receipts postbacks',
      url: 'https://docs.prodegeads.com/postbacks/magic-receipts-postbacks',
      readOn: '2026-11-29',
      says: 'The URL is set on the Postbacks page of the dashboard, for one offer or for all.',
    },
  ],
  notes: [
    'Pass the click ID as s1 of the offerwall; it comes back as {s1}. Set the currency of the integration to USD.',
    'Chargebacks come only where the URL also holds state={state}. Its words are not public: map them under statuses of the integration.',
    'points is what the user earns and is not read.',
  ],
};
