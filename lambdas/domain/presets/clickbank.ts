import type { Preset } from './preset';

/** Reports of ClickBank beside payments: tests, and changes of a subscription that move no money. */
const withoutMoney = {
  test: 'ignore',
  test_sale: 'ignore',
  test_bill: 'ignore',
  test_rfnd: 'ignore',
  test_chgbk: 'ignore',
  test_cgbk: 'ignore',
  'cancel-rebill': 'ignore',
  'uncancel-rebill': 'ignore',
} as const;

/** ClickBank: its S2S Postback/Pixels. It sends only; nobody sends conversions to it. */
export const clickbank: Preset = {
  id: 'clickbank',
  name: 'ClickBank',
  parameters: {
    clickId: ['tid', 'clickid', 'click_id'],
    amount: ['amount', 'payout'],
    transactionId: ['txid', 'order_id'],
    event: ['event'],
    status: ['status'],
    currency: ['currency'],
    timestamp: ['timestamp'],
  },
  statuses: {
    sale: 'approved',
    bill: 'approved',
    rebill: 'approved',
    refund: 'reversed',
    chargeback: 'reversed',
    rfnd: 'reversed',
    cgbk: 'reversed',
    chgbk: 'reversed',
    insf: 'reversed',
    ...withoutMoney,
  },
  defaultStatus: 'approved',
  events: { bill: 'rebill', ...withoutMoney },
  reversalEvents: ['rfnd', 'cgbk', 'chgbk', 'insf'],
  duplicateMode: 'ignore',
  tokens: {},
  dropInPaths: [],
};
