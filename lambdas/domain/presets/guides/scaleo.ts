import type { PresetGuide } from '../preset';

export const scaleo: PresetGuide = {
  pasteInto: 'Affiliates → the affiliate → Postbacks → Manage',
  sources: [
    {
      title: 'Scaleo: Ultimate Postbacks (Add, Change Conversion)',
      url: 'https://help.scaleo.io/article/484-ultimate-postbacks-add-change-conversion',
      readOn: '2026-11-23',
      says: '/track/conv adds, /track/conv-change changes, /track/conv-addchange does either; click_id, token, goal_id or goal_alias, conv_status; where multiple conversions are off, a second one of the same click is an error.',
    },
    {
      title: 'Scaleo: Custom Statuses for Conversions',
      url: 'https://help.scaleo.io/article/483-custom-statuses-for-conversions',
      readOn: '2026-11-23',
      says: 'The statuses are approved, pending, rejected and trash; also at /track/goal-by-click-id; other words are explained by approved_status=ok,approved and the like.',
    },
    {
      title: 'Scaleo API: Create conversion by click ID',
      url: 'https://docs.scaleo.io/brand-api/api-reference/manager-tracking-conversions/create-conversion-by-click-id',
      readOn: '2026-11-23',
      says: 'Names click_id, revenue, payout, amount, conv_status (pending, approved, rejected, hold), goal_id, goal_alias, adv_order_id; the answer names transaction_id.',
    },
    {
      title: 'Scaleo API: Create conversion',
      url: 'https://docs.scaleo.io/brand-api/api-reference/manager-tracking-conversions/create-conversion',
      readOn: '2026-11-23',
      says: 'Revenue, affiliate payout, sale amount and a currency code may be sent.',
    },
    {
      title: 'Scaleo: Affiliate Parameters',
      url: 'https://help.scaleo.io/article/384-affiliate-parameters',
      readOn: '2026-11-23',
      says: 'aff_click_id of the tracking link comes back as {aff_click_id} in the affiliate postback.',
    },
    {
      title: 'Scaleo: Manage Affiliates',
      url: 'https://help.scaleo.io/article/364-manage-affiliates',
      readOn: '2026-11-23',
      says: 'Affiliate postbacks are kept under Affiliates → the affiliate → Postbacks → Manage.',
    },
  ],
  notes: [
    'Send the click ID as aff_click_id of the tracking link.',
    "Requests to Scaleo carry the advertiser's token as token, which is the name of ours as well: put the token of the integration there.",
    'Senders of /track/conv-change and /track/conv-addchange mean to change: at these paths the duplicate mode is "update", unless duplicates of the integration names one.',
    'approved_status, pending_status, rejected_status and trash_status in the URL are read: approved_status=ok;paid makes ok and paid approved. Words in statuses of the integration come first.',
    'Of payout, revenue and amount the first that comes counts, in this order.',
  ],
};
