import type { PresetGuide } from '../preset';

export const adjust: PresetGuide = {
  pasteInto: 'the callback URL of installs, and of each event that is to count',
  sources: [
    {
      title: 'Adjust: Event callbacks',
      url: 'https://help.adjust.com/en/article/event-callbacks',
      readOn: '2026-11-29',
      says: '{event} is the token and {event_name} the name of an event, {activity_kind} what happened (install, rejected install, reattribution, session, in-app event, …), {created_at} a Unix time. A placeholder without data is dropped from the callback.',
    },
    {
      title: 'Adjust: Global callbacks',
      url: 'https://help.adjust.com/en/article/global-callbacks',
      readOn: '2026-11-29',
      says: 'A global callback is fired beside the callback of an event: both come.',
    },
    {
      title: 'Adjust React Native SDK: session parameters',
      url: 'https://dev.adjust.com/en/sdk/react-native/features/session-parameters/',
      readOn: '2026-11-29',
      says: 'Callback parameters that the app sets are appended to the callback URL.',
    },
    {
      title: 'Adjust: Ad revenue callbacks',
      url: 'https://help.adjust.com/en/article/ad-revenue-callbacks',
      readOn: '2026-11-29',
      says: '{revenue_float} is the revenue in whole currency units (3.99), {revenue} the same in cents (345), {currency} its ISO 4217 code in small letters.',
    },
  ],
  notes: [
    'Send the revenue as {revenue_float}. {revenue} is in cents and is not read: with it alone, AMOUNT_UNREAD warns.',
    'Send the click ID as click_id of the Adjust link; it comes back as {click_id}.',
    'An event that one user repeats, such as a purchase, needs a transaction ID: let the app set a callback parameter named txid.',
    'Use either the global callback or those of single events: where both are set, each event comes twice.',
    'Give the currency of the report with {currency}, or set the currency of the integration.',
  ],
};
