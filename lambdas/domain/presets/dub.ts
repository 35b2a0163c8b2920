import type { Preset } from './preset';

/** Dub: the leads and sales that an app's server tracks with it, as JSON. It sends no conversions with our click ID. */
export const dub: Preset = {
  id: 'dub',
  name: 'Dub',
  parameters: {
    clickId: ['clickId', 'dub_id', 'click_id'],
    amount: ['amount'],
    transactionId: ['invoiceId', 'txid'],
    event: ['eventName', 'event'],
    status: ['status'],
    currency: ['currency'],
    timestamp: ['timestamp'],
  },
  variants: [
    {
      where: { parameter: 'amount', is: 'absent' },
      parameters: { transactionId: ['invoiceId', 'txid', 'customerExternalId', 'externalId', 'customerId'] },
    },
  ],
  statuses: {},
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore-by-transaction',
  tokens: {},
  amountFormat: 'minor',
  amountInMinorUnits: true,
  dropInPaths: ['/track/lead', '/track/sale'],
};
