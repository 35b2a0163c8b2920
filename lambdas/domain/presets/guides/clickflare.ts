import type { PresetGuide } from '../preset';

export const clickflare: PresetGuide = {
  pasteInto: 'the postback URL field of the traffic source',
  sources: [
    {
      title: 'ClickFlare: Parameters in postback URLs',
      url: 'https://help.clickflare.io/en/tracking/click-flare-parameters-in-postback-urls',
      readOn: '2026-11-23',
      says: 'click_id is mandatory, cf_click_id is interchangeable with it, payout and txid are optional; the path is /cf/cv.',
    },
    {
      title: 'ClickFlare: How to submit an S2S postback URL',
      url: 'https://help.clickflare.io/en/tracking/how-to-submit-an-s2s-postback-url-to-an-affiliate-network-in-clickflare',
      readOn: '2026-11-23',
      says: 'The URL is copied as /cf/cv?click_id=REPLACE&payout=OPTIONAL&txid=OPTIONAL; REPLACE and OPTIONAL are to be filled in.',
    },
    {
      title: 'ClickFlare: S2S postback URLs',
      url: 'https://help.clickflare.io/en/settings/s2s-postback-ur-ls',
      readOn: '2026-11-23',
      says: 'The older form is /cf/postback?cid=…&payout=…&txid=…; a transaction ID separates several conversions of one click.',
    },
    {
      title: 'TagadaPay: ClickFlare',
      url: 'https://docs.tagada.io/developer-tools/tracking/clickflare',
      readOn: '2026-11-23',
      says: 'ct names the conversion type (ct=sale); a sender still calls /cf/postback with cid.',
    },
    {
      title: 'ClickFlare: Adding an affiliate network',
      url: 'https://help.clickflare.io/en/tracking/adding-an-affiliate-network',
      readOn: '2026-11-23',
      says: 'The transaction ID separates an upsell from a sale and serves to drop duplicates.',
    },
    {
      title: 'ClickFlare: How to configure a traffic source S2S postback URL',
      url: 'https://help.clickflare.io/en/tracking/how-to-configure-a-traffic-source-s2s-postback-url',
      readOn: '2026-11-23',
      says: "The URL is defined in the traffic source; {externalid} brings back the traffic source's click ID, {transaction.id} the transaction ID.",
    },
  ],
  notes: [
    'Map the click ID to the external ID among the parameters of the traffic source; it comes back as {externalid}.',
    'Send a txid with every upsell: without one a second conversion of the same type on a click is a duplicate.',
  ],
};
