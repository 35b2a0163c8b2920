import type { PresetGuide } from '../preset';

export const binom: PresetGuide = {
  pasteInto: "Traffic sources → the source → Postback URL, or the campaign's Advanced Settings → S2S Postback",
  sources: [
    {
      title: 'Binom: Postback',
      url: 'https://docs.binom.org/postback-url.php',
      readOn: '2026-11-23',
      says: 'The postback goes to click.php with cnv_id (the click ID) and payout; cnv_status and cnv_status2 take any info (signup, checkout, approve, reject), cnv_currency the currency; to_offer and disable_postback=1 steer the tracker.',
    },
    {
      title: 'Binom: Payout tracking (v2)',
      url: 'https://docs.binom.org/payout-tracking-v2.php',
      readOn: '2026-11-23',
      says: 'A conversion has payout, cnv_status, cnv_status2, cnv_currency, event1 to event30 and add_event1 to add_event30; Hold is the status of its examples.',
    },
    {
      title: 'Binom: Adding an offer (v2)',
      url: 'https://docs.binom.org/create-offer-v2.php',
      readOn: '2026-11-23',
      says: 'By default a new postback of a click overwrites the payout; with Upsell checked it is added.',
    },
    {
      title: 'Binom: Traffic source postback',
      url: 'https://docs.binom.org/conv-to-source.php',
      readOn: '2026-11-23',
      says: "The source's own click ID is {externalid}; {cnv_status} and {cnv_currency} are status and currency of the conversion, {clickid} is Binom's own ID. The URL goes into the traffic source or into the campaign's S2S Postback, and both are sent.",
    },
    {
      title: 'Binom: Affiliate Networks',
      url: 'https://docs.binom.org/affiliate-networks.php',
      readOn: '2026-11-23',
      says: '{payout} is the token of a payout that is not fixed.',
    },
    {
      title: 'Binom: Tracker settings (v2)',
      url: 'https://docs.binom.org/settings-main-v2.php',
      readOn: '2026-11-23',
      says: 'Version 2 answers at /click, as in tracker.com/click?upd_clickid=1234.',
    },
    {
      title: 'AlterCPA: Binom',
      url: 'https://docs.altercpa.top/en/trackers/binom/',
      readOn: '2026-11-23',
      says: 'Senders post to /click with cnv_id, or to /postback with clickid, depending on the version of Binom.',
    },
    {
      title: 'TagadaPay: Binom',
      url: 'https://docs.tagada.io/developer-tools/tracking/binom',
      readOn: '2026-11-23',
      says: 'Fires /click.php with cnv_id, payout, cnv_status and cnv_currency, where status 1 is approved, 2 pending, 3 trash; 1 is its default.',
    },
  ],
  notes: [
    "Give the source's External ID the parameter that carries our click ID; {clickid} in a postback would be Binom's own ID.",
    'cnv_status is free text in Binom: words of your own, such as signup or checkout, go into statuses of the integration.',
    'Offers with Upsell checked want the duplicate mode "increment".',
    'cnv_status2, event1 to event30 and to_offer are not read.',
  ],
};
