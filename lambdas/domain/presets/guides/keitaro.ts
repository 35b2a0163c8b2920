import type { PresetGuide } from '../preset';

export const keitaro: PresetGuide = {
  pasteInto: 'the campaign → S2S Postbacks → Add a postback',
  sources: [
    {
      title: 'Keitaro: Postback',
      url: 'https://docs.keitaro.io/en/conversions/postback.html',
      readOn: '2026-11-23',
      says: 'subid (required), tid, payout or revenue, cost, status (default sale), currency, sub_id_1 to sub_id_15, return, sale_status, lead_status, rejected_status, ignore_status. lead: payout not confirmed; sale: confirmed; rejected: cancelled; rebill: an upsell, with its own tid. The URL is host/key/postback.',
    },
    {
      title: 'Keitaro: Postback (newer edition)',
      url: 'https://docs.keitaro.io/en/conversions-and-postback/postback.html',
      readOn: '2026-11-23',
      says: 'The postback URL holds the postback key, which authenticates the request.',
    },
    {
      title: 'Keitaro: Receiving postbacks',
      url: 'https://docs.keitaro.io/en/postbacks/postbacks.html',
      readOn: '2026-11-23',
      says: 'Where a conversion with the same subid and tid already exists, the postback is ignored.',
    },
    {
      title: 'Keitaro: S2S postback placeholders',
      url: 'https://docs.keitaro.io/en/campaigns-and-streams/s2s-postback-placeholders.html',
      readOn: '2026-11-23',
      says: "{external_id} is the ID that the traffic source sent, {subid} Keitaro's own; {status} is the conversion's status, {tid} the transaction ID, {revenue} the revenue; {date} is the date of the click.",
    },
    {
      title: 'Keitaro: How to set up S2S postbacks',
      url: 'https://blog.keitaro.io/en/keitaro-s2s-postbacks/',
      readOn: '2026-11-23',
      says: '{currency} is among the placeholders of an S2S postback; the click ID of the receiving system is required.',
    },
    {
      title: 'Keitaro: S2S postbacks',
      url: 'https://docs.keitaro.dev/en/campaigns-and-streams/s2s-postback.html',
      readOn: '2026-11-23',
      says: 'Campaign → S2S Postbacks → Add a postback: URL, sending method (GET or POST), and the statuses that are sent.',
    },
    {
      title: 'AlterCPA TOP: Keitaro',
      url: 'https://docs.altercpa.top/en/trackers/keitaro/',
      readOn: '2026-11-29',
      says: 'The status trash of a network is rejected in Keitaro, as cancel is; wait and hold are lead, approve is sale.',
    },
  ],
  notes: [
    'A lead often comes with payout 0 and the sale with the money: the later payout replaces the earlier one.',
    'A rebill needs its own tid, as in Keitaro: without one it replaces the sale.',
    "Give the campaign's External ID the parameter that carries our click ID; {subid} in a postback would be Keitaro's own ID.",
    'The key in the path of a Keitaro URL (/key/postback) may stay and is not checked: add the token of the integration to the URL.',
    'lead_status, sale_status, rejected_status and ignore_status in the URL are read: lead_status=2,5 makes 2 and 5 pending. Words in statuses of the integration come first.',
    'Where a network wants return=OK answered, set reply.literal to OK in the integration.',
    '{date} is the time of the click: do not send it as the time of the conversion.',
  ],
};
