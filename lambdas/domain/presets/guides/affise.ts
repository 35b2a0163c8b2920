import type { PresetGuide } from '../preset';

export const affise: PresetGuide = {
  pasteInto: 'Offers → the offer → Your Postbacks → Add postback, or Profile → Global Postbacks',
  sources: [
    {
      title: 'Affise: Affise postback URL parameters',
      url: 'https://help-center.affise.com/en/articles/6475468-affise-postback-url-parameters',
      readOn: '2026-11-23',
      says: 'clickid or click_id (mandatory), action_id, goal (number or value), sum, ip, status (1 approved, 2 pending, 3 declined, 5 hold), referrer, comment, secure, promo_code, user_id, custom_field1 to custom_field15.',
    },
    {
      title: 'Affise: Conversion uniqueness',
      url: 'https://help-center.affise.com/en/articles/6504668-conversion-uniqueness',
      readOn: '2026-11-23',
      says: 'The URL is /postback?clickid=…&action_id=…&goal=…. With action_id a conversion is unique by goal, action ID and offer; without it only the first of a click and goal counts.',
    },
    {
      title: 'Affise: Affiliate postback macros (affiliates)',
      url: 'https://help-center.affise.com/en/articles/6655842-affiliate-postback-macros-affiliates',
      readOn: '2026-11-23',
      says: '{sub1} to {sub8}, {sum} (payout), {transactionid}, {goal}, {status} (1, 2, 3, 5), {currency}, {timestamp} (Unix time of the creation of the conversion). There is no macro for the click ID: it goes in a sub account.',
    },
    {
      title: 'Affise: S2S integration (affiliates)',
      url: 'https://help-center.affise.com/en/articles/6652816-s2s-integration-affiliates',
      readOn: '2026-11-23',
      says: 'Offers → the offer → Your Postbacks → Add postback. Statuses to send: any (each change as well), by creating, approved, pending, declined, hold.',
    },
    {
      title: 'Affise: Parameters & Macros For the S2S Integration',
      url: 'https://affise.zendesk.com/hc/en-us/articles/360008152199-Affise-parameters-and-macros-%0AIn',
      readOn: '2026-11-23',
      says: 'The global postback of an affiliate is under Profile → Global Postbacks.',
    },
    {
      title: "Affise: Conversion's statuses",
      url: 'https://affise.zendesk.com/hc/en-us/articles/360010437160-Conversion-s-statuses',
      readOn: '2026-11-29',
      says: '4 is "not found": the conversion does not exist at the advertiser, was imported by mistake or was a test.',
    },
  ],
  notes: [
    'A pending conversion often has sum 0 and the approved one the money: the later sum replaces the earlier one.',
    'Without action_id each further conversion of a click and goal replaces the first: send action_id where a goal repeats.',
    'Pass our click ID in sub1 of the tracking link: an affiliate postback of Affise has no macro for it.',
    'Choose the status Any, so that changes of a conversion come too.',
    'Do not send {timestamp}: it is the time of creation, the same in every change of status, and would hide their order.',
    '5 (hold) is approved by the advertiser and held back by the network: pending here.',
    "secure is Affise's own and is not checked: add the token of the integration to the URL.",
  ],
};
