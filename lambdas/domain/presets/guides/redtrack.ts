import type { PresetGuide } from '../preset';

export const redtrack: PresetGuide = {
  pasteInto: 'Partnership portal → Postback tab, or the postback URL of the traffic channel',
  sources: [
    {
      title: 'RedTrack: Dynamic parameters: clickid',
      url: 'https://help.redtrack.io/knowledgebase/kb/basic-setup-9785/supported-dynamic-parameters/%d1%81lick-id-parameter/',
      readOn: '2026-11-23',
      says: "The network's postback goes to /postback?clickid=…; the postback of a traffic channel carries another macro than {clickid}.",
    },
    {
      title: 'RedTrack: Adding your offer source',
      url: 'https://docs.redtrack.io/knowledgebase/adding-offer-source/',
      readOn: '2026-11-23',
      says: 'The most important parameters of the postback URL are the click ID and sum.',
    },
    {
      title: 'RedTrack: Tracking different event types',
      url: 'https://docs.redtrack.io/knowledgebase/tracking-event-types/',
      readOn: '2026-11-23',
      says: 'type names the conversion type, letter for letter and case as in the account (type=Deposit); the statuses are Approved, Pending, Declined and Other, and Other is the default.',
    },
    {
      title: 'RedTrack: Duplicate postback settings in Offer sources',
      url: 'https://help.redtrack.io/knowledgebase/kb/tracker-setup-for-affiliates/offer-sources/duplicate-postback-settings/',
      readOn: '2026-11-23',
      says: 'Six modes: new conversion; new conversion marked new or repeated; ignore; edit with new data; keep and increment the payout; ignore by event ID, which takes rdtk_event_id in the URL.',
    },
    {
      title: 'RedTrack: Partnership portal: settings for partners',
      url: 'https://help.redtrack.io/knowledgebase/kb/basic-setup-9785/publisher-management/publisher-panel-settings-for-publisher/',
      readOn: '2026-11-23',
      says: "Partners add their own postback URL on the Postback tab; its macro for the partner's click ID is {ref_id}.",
    },
  ],
  notes: [
    "{ref_id} is the click ID that came with the visit; {clickid} would be RedTrack's own.",
    'Add sum, type and rdtk_event_id with the macros that the portal lists.',
    "RedTrack's duplicate modes are ours: separate, separate-flagged, ignore, update, increment, ignore-by-transaction. Set the one that the offer source has.",
    'Other, RedTrack’s status for a missing one, counts as approved here.',
  ],
};
