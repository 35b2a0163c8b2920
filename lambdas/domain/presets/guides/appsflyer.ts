import type { PresetGuide } from '../preset';

export const appsflyer: PresetGuide = {
  pasteInto: 'AppsFlyer sets up the postbacks of a partner: give the URL to your partner development manager',
  sources: [
    {
      title: 'AppsFlyer: Postback macros for ad networks',
      url: 'https://support.appsflyer.com/hc/en-us/articles/207273946-Postback-macros-for-ad-networks',
      readOn: '2026-11-23',
      says: "Macros stand in round brackets: &ip_address=(ip). Parameters of the attribution link, such as the click ID, come back in postbacks. Changes go through AppsFlyer's partner development manager.",
    },
    {
      title: 'AppsFlyer: Postback macros for analytics partners',
      url: 'https://support.appsflyer.com/hc/en-us/articles/360016751637-Postback-macros-for-analytics-partners',
      readOn: '2026-11-23',
      says: 'event_name, event_revenue (in event_revenue_currency), event_revenue_USD, event_time and event_value (the JSON of the event).',
    },
    {
      title: "Performax: a network's template for AppsFlyer",
      url: 'https://github.com/theallad/performax',
      readOn: '2026-11-23',
      says: 'clickid of the attribution link comes back as (clickid); the older names of the others are (event-name), (monetary) and (timestamp).',
    },
    {
      title: 'AppsFlyer: Server-to-server events API',
      url: 'https://support.appsflyer.com/hc/en-us/articles/207034486-Server-to-server-events-API',
      readOn: '2026-11-23',
      says: 'A POST of JSON: appsflyer_id, eventName, eventValue (a JSON text with af_revenue), eventCurrency, eventTime in UTC as 2014-05-15 12:17:00.000.',
    },
    {
      title: 'AppsFlyer: S2S events API 3',
      url: 'https://dev.appsflyer.com/hc/reference/s2s-events-api3-overview',
      readOn: '2026-11-23',
      says: 'af_revenue has a decimal point and no symbols; a negative value has a minus sign; an event without value sends " ".',
    },
    {
      title: 'AppsFlyer: Postback retries',
      url: 'https://support.appsflyer.com/hc/en-us/articles/360001376085-Postback-retries',
      readOn: '2026-11-23',
      says: 'On 5xx a postback is sent up to four times more, 15 minutes apart, where AppsFlyer switched it on; a late answer counts as a failure, so the partner must drop duplicates.',
    },
  ],
  notes: [
    'Send the click ID as clickid of the attribution link.',
    'Older set-ups write (event-name), (monetary) and (timestamp); (event_revenue_USD) is always in USD.',
    'An event that one user repeats, such as a purchase, needs a transaction ID (txid, or af_order_id in the event value): without one the second is a duplicate.',
    "The server-to-server API has no field for another system's click ID: put it beside appsflyer_id as clickid, or into the event value.",
    'Refunds come as negative revenue: set adjustments of the integration to allow them.',
  ],
};
