import type { PresetGuide } from '../preset';

export const impact: PresetGuide = {
  pasteInto: 'Settings → Technical → Event Notifications → Action Lifecycle Events → Edit',
  sources: [
    {
      title: 'impact.com: Submit a Conversion',
      url: 'https://integrations.impact.com/impact-brand/reference/submit-a-conversion',
      readOn: '2026-11-23',
      says: 'A conversion carries EventTypeId (the same as ActionTrackerId) or EventTypeCode, ClickId, EventDate and OrderId.',
    },
    {
      title: 'impact.com: Action & Conversion Data References',
      url: 'https://integrations.impact.com/impact-brand/docs/impactcom-action-conversion-data-references',
      readOn: '2026-11-23',
      says: 'EventDate is ISO 8601; the word NOW is accepted instead.',
    },
    {
      title: 'impact.com: Order Level Data',
      url: 'https://integrations.impact.com/impact-brand/docs/order-level-data',
      readOn: '2026-11-23',
      says: 'OrderId is preferred and Oid still supported, unique to the event type; Amount; CurrencyCode is preferred to Currency.',
    },
    {
      title: 'impact.com: Enable Action Clearing Events Notification',
      url: 'https://help.impact.com/en/support/solutions/articles/155000000882-enable-action-clearing-events-notifications',
      readOn: '2026-11-23',
      says: 'Settings → Technical → Event Notifications; GET or POST; the example body maps action_id, action_tracker_id, status, payout, amount, currency and event_date to {ActionId}, {ActionTrackerId}, {Status}, {Payout}, {Amount}, {Currency} and {EventDate}.',
    },
    {
      title: 'impact.com: Enable Event Notification Postbacks',
      url: 'https://help.impact.com/en/support/solutions/articles/48001237753-advertiser-event-notification-postbacks',
      readOn: '2026-11-23',
      says: 'Action Lifecycle Events are sent when an action is tracked, modified or reversed: a known action comes again with new content.',
    },
    {
      title: 'impact.com: Understand the Action Life Cycle',
      url: 'https://help.impact.com/en/support/solutions/articles/48001238345-understand-the-action-lifecycle',
      readOn: '2026-11-23',
      says: 'Pending actions can be modified or reversed before the locking date; approved and locked are one status.',
    },
    {
      title: 'Mr Postback: Impact macros',
      url: 'https://www.mrpostback.com/impact',
      readOn: '2026-11-23',
      says: 'A click ID passed as subId1 comes back as {SubId1}; macros are case-sensitive; the status is pending, approved or reversed.',
    },
    {
      title: 'impact.com Partner Event Notifications v16, collected by API Evangelist',
      url: 'https://raw.githubusercontent.com/api-evangelist/impact/refs/heads/main/openapi/impact-partner-eventnotifications-v16-openapi.yml',
      readOn: '2026-11-23',
      says: 'The status comes in capitals (APPROVED, PENDING, REVERSED), the payout as a decimal string; what is not answered with 2xx is sent again.',
    },
  ],
  notes: [
    'Send the click ID as subId1 of the tracking link. Macros are case-sensitive: {SubId1}, not {subid1}.',
    'Choose GET, or POST with a JSON body that has the names above as keys.',
    'Where both payout and amount come, the payout (the commission) counts.',
    'EventDate=NOW is rejected: send the time, or omit it.',
  ],
};
