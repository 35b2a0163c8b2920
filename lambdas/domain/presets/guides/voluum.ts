import type { PresetGuide } from '../preset';

export const voluum: PresetGuide = {
  pasteInto: 'Traffic sources → the source → Traffic source postback URL',
  sources: [
    {
      title: 'Voluum: Track Conversions Using S2S Postback URL',
      url: 'https://doc.voluum.com/en/tracking_conversions_postback.html',
      readOn: '2026-11-23',
      says: 'The template is /postback with cid, payout, txid, currency, et and param1 to param5; only cid is mandatory. The strings REPLACE and OPTIONAL are to be changed for tokens of the network.',
    },
    {
      title: 'Voluum: Submitting a Postback URL to an Affiliate Network Platform',
      url: 'https://doc.voluum.com/en/submitting_postback_url.html',
      readOn: '2026-11-23',
      says: 'cid carries the click ID, payout the revenue of the conversion, txid a transaction ID unique to the conversion.',
    },
    {
      title: 'Voluum: Custom Conversions',
      url: 'https://doc.voluum.com/en/tracking_offers_custom_conversions.html',
      readOn: '2026-11-23',
      says: 'et names the type of the conversion, in words that the account defines: et=install, et=purchase.',
    },
    {
      title: 'Voluum: Affiliate Network: Options',
      url: 'https://doc.voluum.com/en/affiliate_network_settings.html',
      readOn: '2026-11-23',
      says: 'By default a postback of a click ID that already converted is not accepted unless it has its own txid; Accept duplicate postbacks changes that.',
    },
    {
      title: 'Voluum: Upselling: Tracking Subsequent Conversions',
      url: 'https://doc.voluum.com/en/upselling.html',
      readOn: '2026-11-23',
      says: 'The same cid with another txid is another conversion; the same pair of cid and txid counts once. txid need only be unique within the click ID.',
    },
    {
      title: 'Voluum: Traffic Source Postback URL',
      url: 'https://doc.voluum.com/en/traffic_source_postback_url.html',
      readOn: '2026-11-23',
      says: "Voluum requests the source's postback URL by GET or POST once a conversion is registered. The click ID that the source sent is the External ID, and the token {externalid} passes it on.",
    },
  ],
  notes: [
    "Give the source's External ID the parameter that carries our click ID; {clickid} in a postback would be Voluum's own ID.",
    'Add payout, txid, currency and et with the tokens that the form of the traffic source lists.',
    'Voluum has no status in its postback: each one counts as approved.',
    'Integrations with Accept duplicate postbacks want the duplicate mode "separate".',
  ],
};
