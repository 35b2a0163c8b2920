import type { PresetGuide } from '../preset';

export const tune: PresetGuide = {
  pasteInto:
    'Your Pixels / Postbacks → Add New Pixel/Postback → Postback; the network itself: Partners → Conversion Pixels / URLs → Add New',
  sources: [
    {
      title: 'TUNE: Receiving Conversions via Postback URL',
      url: 'https://support.tune.com/hc/en-us/articles/4413247665431-Receiving-Conversions-via-Postback-URL',
      readOn: '2026-11-23',
      says: 'The URL is /aff_lsr?offer_id=…&transaction_id=TRANSACTION_ID, to be sent by GET; a valid conversion is answered success=true;, a refused one success=false; err_msg=…; duplicates are refused.',
    },
    {
      title: 'TUNE: Customizing a Conversion URL',
      url: 'https://support.tune.com/hc/en-us/articles/1500005236742-Customizing-a-Conversion-URL',
      readOn: '2026-11-23',
      says: 'Advertisers add adv_sub to adv_sub5 and adv_unique1 to adv_unique5 for values of their system.',
    },
    {
      title: 'TUNE: Limiting Conversion by Unique ID',
      url: 'https://support.tune.com/hc/en-us/articles/1500008248141-Limiting-Conversion-by-Unique-ID',
      readOn: '2026-11-23',
      says: 'conversion_unique_id, such as an order number, rejects a second conversion with the same value.',
    },
    {
      title: 'TUNE: Global Postback URLs',
      url: 'https://support.tune.com/hc/en-us/articles/1500008230722-Global-Postback-URLs',
      readOn: '2026-11-23',
      says: 'Without offer_id the URL is global; goals beside the default one have separate URLs.',
    },
    {
      title: "Performax: a network's template for AppsFlyer",
      url: 'https://github.com/theallad/performax',
      readOn: '2026-11-29',
      says: 'In-app events of a TUNE network go to /aff_goal?a=lsr&goal_id=…&transaction_id=…, installs to /aff_lsr.',
    },
    {
      title: 'TUNE: Advertiser Security Tokens',
      url: 'https://support.tune.com/hc/en-us/articles/1500007718142-Advertiser-Security-Tokens',
      readOn: '2026-11-23',
      says: 'security_token authenticates the conversions of an advertiser.',
    },
    {
      title: 'TUNE: Partner Sub IDs and Macros',
      url: 'https://support.tune.com/hc/en-us/articles/1500008230302-Partner-Sub-IDs-and-Macros',
      readOn: '2026-11-23',
      says: 'aff_sub to aff_sub5 of the tracking link come back in the partner conversion link; for unique values such as click IDs TUNE recommends the partner click ID.',
    },
    {
      title: 'TUNE: Integrating with Another TUNE Platform',
      url: 'https://support.tune.com/hc/en-us/articles/1500008418821-Integrating-with-Another-TUNE-Platform',
      readOn: '2026-11-23',
      says: "The partner's click ID goes out as aff_click_id and comes back as {aff_click_id}: /aff_lsr?transaction_id={aff_click_id}. The network adds the URL under Partners → Conversion Pixels / URLs.",
    },
    {
      title: 'TUNE: Conversion URLs for Partners',
      url: 'https://support.tune.com/hc/en-us/articles/17974300453143-Conversion-URL-s-for-Partners',
      readOn: '2026-11-23',
      says: 'A partner adds a postback under Your Pixels / Postbacks with Add New Pixel/Postback and picks the goals that it fires for.',
    },
    {
      title: 'Tealium: TUNE Postback Tracking Connector',
      url: 'https://docs.tealium.com/server-side-connectors/tune-postback-tracking-connector',
      readOn: '2026-11-23',
      says: 'A conversion has a transaction ID (required), adv sub, amount, conversion unique ID, goal ID, offer ID, payout, revenue, security token, and a status of approved, rejected or pending.',
    },
    {
      title: 'Trackly: TUNE',
      url: 'https://docs.tracklysms.com/integrations/tune',
      readOn: '2026-11-23',
      says: 'The postback in TUNE carries click_id={aff_sub}, payout={payout} and conversion_id={transaction_id}.',
    },
  ],
  notes: [
    'Pass our click ID as aff_sub of the tracking link; as aff_click_id it comes back as {aff_click_id}, which TUNE recommends for IDs.',
    '{transaction_id} is one per click. Send {adv_sub} instead if a click can convert more than once.',
    'For goals write the number into the URL of each goal: goal_id=12; goals of an advertiser come to /aff_goal.',
    'Where an advertiser looks for the answer of TUNE, set reply.literal to success=true; in the integration.',
    "security_token is TUNE's own and is not checked: add the token of the integration to the URL.",
  ],
};
