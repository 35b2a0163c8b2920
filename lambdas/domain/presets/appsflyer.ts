import type { Preset } from './preset';

/** AppsFlyer: its postbacks to a partner, and the in-app events that an app's server sends to it as JSON. */
export const appsflyer: Preset = {
  id: 'appsflyer',
  name: 'AppsFlyer',
  parameters: {
    clickId: ['clickid', 'click_id', 'eventValue.clickid', 'eventValue.click_id'],
    amount: ['event_revenue', 'amount', 'eventValue.af_revenue'],
    transactionId: ['txid', 'eventValue.af_order_id', 'eventValue.af_receipt_id'],
    event: ['event_name', 'eventName', 'event'],
    status: ['status'],
    currency: ['event_revenue_currency', 'currency', 'eventCurrency', 'eventValue.af_currency'],
    timestamp: ['event_time', 'eventTime', 'timestamp'],
  },
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {
    clickId: '(clickid)',
    amount: '(event_revenue)',
    event: '(event_name)',
    currency: '(event_revenue_currency)',
    timestamp: '(event_time)',
  },
  dropInPaths: [],
};
