import type { PresetGuide } from '../preset';

export const awin: PresetGuide = {
  pasteInto: 'Toolbox → Transaction Notifications → Call-back URL, with GET as the call-back method',
  sources: [
    {
      title: 'Awin: Transaction notifications',
      url: 'https://help.awin.com/developers/docs/transaction-notifications',
      readOn: '2026-11-23',
      says: 'Toolbox → Transaction Notifications; a call-back URL and GET or POST; who does not see the menu asks support for it.',
    },
    {
      title: 'Awin: Request types',
      url: 'https://developer.awin.com/docs/request-types',
      readOn: '2026-11-23',
      says: 'With GET, placeholders such as !!!clickRef!!! and !!!commission!!! are replaced, case-sensitive; times are UTC as 2013-06-13 12:00:00.',
    },
    {
      title: 'Awin transaction notifications, collected by API Evangelist',
      url: 'https://raw.githubusercontent.com/api-evangelist/awin-affiliate/refs/heads/main/asyncapi/awin-affiliate-webhooks.yml',
      readOn: '2026-11-23',
      says: 'POST brings a form with the one field AwinTransactionPush, a JSON text with transactionId, transactionDate, transactionCurrency, transactionAmount, commission and clickRef; neither signature nor retry is documented.',
    },
    {
      title: 'Awin: Server to Server Tracking',
      url: 'https://wiki.awin.com/index.php/Server_to_Server_Tracking',
      readOn: '2026-11-23',
      says: '/sread.php?tt=ss&tv=2&merchant=…&amount=…&ch=aw&parts=…&vc=…&cr=…&ref=…&testmode=…&cks=…; cks takes the awc of the landing page.',
    },
    {
      title: 'Awin: Create Transactions (Conversion API)',
      url: 'https://developer.awin.com/apidocs/conversion-api',
      readOn: '2026-11-23',
      says: 'An order has orderReference, amount, currency and awc; the decimal sign is a period, and thousands have no separator.',
    },
    {
      title: 'Awin: Parameter guidance',
      url: 'https://help.awin.com/developers/docs/parameter-guidance',
      readOn: '2026-11-23',
      says: 'The order reference is unique per transaction; the currency is an ISO 4217 code.',
    },
  ],
  notes: [
    'Send the click ID as clickref of the tracking link; it comes back as !!!clickRef!!!. Placeholders are case-sensitive.',
    'Choose GET: with POST, Awin sends a form with one field of JSON text.',
    'Awin notifies of a transaction once, when it is recorded, and not of a later rejection.',
    'Where both come, the commission counts and not the sale amount. parts (the commission groups) is not read.',
    "Awin's testmode=1 is no test here: add test=1.",
  ],
};
