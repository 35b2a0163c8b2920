import type { PresetGuide } from '../preset';

export const adgate: PresetGuide = {
  pasteInto: 'the Postbacks page of the AdGate dashboard',
  sources: [
    {
      title: 'Prodege Ads: Postback information',
      url: 'https://docs.prodegeads.com/postbacks/postback-information',
      readOn: '2026-11-29',
      says: 'A postback URL carries {conversion_id}, {s1}, {points}, {payout} and {vc_title}. Chargebacks are sent only where it holds {state}, and events without a payout only where it holds {event_id}; their payout is 0.',
    },
    {
      title: 'AdGate Media: Postback information',
      url: 'https://docs.adgatemedia.com/postbacks/postback-information',
      readOn: '2026-11-29',
      says: '{state} is approved, rejected (a conversion that was pending or approved was reversed) or pending. {payout} is in USD, {s1} the user ID.',
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
    'Chargebacks come only where the URL also holds state={state}: approved, rejected or pending.',
    'points is what the user earns and is not read.',
  ],
};
