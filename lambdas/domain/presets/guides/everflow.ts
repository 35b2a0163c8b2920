import type { PresetGuide } from '../preset';

export const everflow: PresetGuide = {
  pasteInto: 'Postbacks → + Postback → Conversion or Event, Global, Delivery Method: Postback',
  sources: [
    {
      title: 'Everflow: Accessing & Editing S2S Postback URLs',
      url: 'https://helpdesk.everflow.io/customer/accessing-editing-s2s-postback-urls',
      readOn: '2026-11-23',
      says: 'An advertiser sends nid and transaction_id (the click) at least; amount is the sale amount, formatted by the currency of the offer: amount=12,34 is read as 12.34.',
    },
    {
      title: 'Everflow: Offer Revenue & Payout',
      url: 'https://helpdesk.everflow.io/en/articles/3673712-offer-revenue-payout',
      readOn: '2026-11-23',
      says: 'The postback URL is the root of the tracking domain: /?nid=23452&transaction_id=TRANSACTION_ID&amount=AMOUNT.',
    },
    {
      title: 'Everflow: Conversion Tracking (SDK)',
      url: 'https://developers.everflow.io/docs/everflow-sdk/conversion_tracking',
      readOn: '2026-11-23',
      says: 'A conversion has amount, event_id (0 where there is none), adv_event_id, coupon_code, order_id, user_id, verification_token, email and adv1 to adv5.',
    },
    {
      title: 'RudderStack: Everflow Cloud Mode',
      url: 'https://www.rudderstack.com/docs/destinations/streaming-destinations/everflow/cloud-mode/',
      readOn: '2026-11-23',
      says: 'Sends transaction_id (required), coupon_code, event_id, adv_event_id and event_name among others.',
    },
    {
      title: 'Everflow: How To Set Up Conversion Events',
      url: 'https://helpdesk.everflow.io/customer/how-to-set-up-conversion-events',
      readOn: '2026-11-23',
      says: 'The base conversion is named Base by default; a second conversion of the same transaction ID counts only where Allow Duplicate Conversion is set.',
    },
    {
      title: 'Everflow: Managing Postbacks As A Partner',
      url: 'https://helpdesk.everflow.io/collaborator/managing-postbacks-as-a-partner',
      readOn: '2026-11-23',
      says: 'Postbacks → + Postback; Conversion, Event or CPC; Global or Specific; method Postback. The page speaks of {transaction_id} and {payout}; the picker of the form lists {sub1} to {sub10} and {adv1} to {adv10} too.',
    },
    {
      title: 'Mr Postback: Everflow macros',
      url: 'https://mrpostback.com/everflow/',
      readOn: '2026-11-23',
      says: '{event_id} and {event_name} work in a partner postback; {order_id} and {adv_event_id} only in that of an advertiser.',
    },
    {
      title: 'MaxJmac: A Brief Overview of How Trackers Work in Media Buying',
      url: 'https://maxjmac.com/en/affiliate-marketing/how-tracker-work-in-media-buy',
      readOn: '2026-11-23',
      says: 'A partner postback at an Everflow network: clid={sub4}&payout={payout_amount}&txid={transaction_id}. Which sub slot carries the click ID is agreed with the network.',
    },
    {
      title: 'glitchteam2024-gif/tokrwd: notes on network postbacks',
      url: 'https://github.com/glitchteam2024-gif/tokrwd/blob/9763a5779165399e2dd410286ebd3101968f235d/.claude/skills/sprk-network-postback-wiring/SKILL.md',
      readOn: '2026-11-23',
      says: 'In a live test of 2026-07-31 {payout} arrived unchanged and {payout_amount} as a number, 0.19949999999999998 for 0.20; a postback of type Event never fires for a base conversion.',
    },
  ],
  notes: [
    'Pass our click ID in sub1 of the tracking link. Write macros exactly as the form lists them: it sends any other text unchanged.',
    'Make one postback of type Conversion and one of type Event: each fires for its own kind only.',
    "Everflow's page says {payout}, networks were seen to replace {payout_amount} only. It may come as a float with many digits (0.19949999999999998), which is rounded to 6.",
    '{transaction_id} is one per click. Where an offer allows duplicate conversions, the mode "separate" counts them.',
    'Everflow reads amount=12,34 by the currency of the offer: for a sender that writes so, set decimalComma of the integration.',
    'Its tracker takes postbacks at the root (/?nid=…); nid, adv1 to adv10 and verification_token are not read.',
  ],
};
