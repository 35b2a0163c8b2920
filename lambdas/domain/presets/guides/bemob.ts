import type { PresetGuide } from '../preset';

export const bemob: PresetGuide = {
  pasteInto: 'Traffic Sources → the traffic source → Postback URL',
  sources: [
    {
      title: 'BeMob: Postback settings of affiliate network',
      url: 'https://docs.bemob.com/en/postback-settings-of-affiliate-network',
      readOn: '2026-11-23',
      says: 'REPLACE and OPTIONAL in the postback URL stand for tokens to be filled in; accepting double postbacks is an option.',
    },
    {
      title: 'BeMob: Monetizer settings',
      url: 'https://docs.bemob.com/en/monetizer-settings',
      readOn: '2026-11-23',
      says: 'The postback URL is /postback?cid=REPLACE&payout=OPTIONAL&txid=OPTIONAL&status=OPTIONAL.',
    },
    {
      title: 'BeMob: Custom conversions',
      url: 'https://docs.bemob.com/en/custom-conversions',
      readOn: '2026-11-23',
      says: 'cet names the custom conversion: letters, digits, "-" and "_"; up to 20 of them.',
    },
    {
      title: 'BeMob: Performing a conversion test',
      url: 'https://docs.bemob.com/en/performing-conversion-test',
      readOn: '2026-11-23',
      says: 'The transaction ID prevents duplicate conversions; only a valid click ID is recorded.',
    },
    {
      title: 'BeMob: Postbacks for selected statuses',
      url: 'https://docs.bemob.com/en/postbacks-for-selected-statuses',
      readOn: '2026-11-23',
      says: "{status} goes to the traffic source as BeMob's own word: new, confirm, decline or charge; by default only approved conversions are sent. New and declined conversions go out with payout 0.",
    },
    {
      title: 'BeMob: Postback settings of traffic source',
      url: 'https://docs.bemob.com/en/postback-settings-of-traffic-source',
      readOn: '2026-11-23',
      says: 'The {externalId} token brings the click ID back; it is received by the External ID parameter of the traffic source.',
    },
    {
      title: 'BeMob: Create a custom traffic source',
      url: 'https://docs.bemob.com/en/create-custom-traffic-source',
      readOn: '2026-11-23',
      says: "The traffic source's postback link is pasted under Traffic Sources, in the postback field.",
    },
  ],
  notes: [
    'New conversions may come with payout 0 and approved ones with the money: the later payout replaces the earlier one.',
    'Pass the click ID to BeMob in the External ID parameter of the traffic source; it comes back as {externalId}.',
    'To get rejected conversions and chargebacks too, tick every status of the traffic source and add status={status}.',
    "Affiliate networks send BeMob their own status words: map those under statuses of the integration, as in BeMob's network settings.",
  ],
};
