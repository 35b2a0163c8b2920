import type { PresetGuide } from '../preset';

export const clickbank: PresetGuide = {
  sources: [
    {
      title: 'ClickBank: Postback/Pixels Guide',
      url: 'https://support.clickbank.com/hc/en-us/articles/26572131282964-Postback-Pixels-Guide',
      readOn: '2026-11-23',
      says: 'Order form impressions and conversion events go to third parties server to server, in URLs with macros that the guide lists.',
    },
    {
      title: 'Aftrad: ClickBank integration',
      url: 'https://help.aftrad.com/en/articles/15626589-clickbank-integration',
      readOn: '2026-11-23',
      says: 'tid of the HopLink holds the click ID, is stored with the click, and comes back in every postback of the transaction.',
    },
    {
      title: 'RedTrack: ClickBank (INS integration)',
      url: 'https://help.redtrack.io/knowledgebase/clickbank',
      readOn: '2026-11-23',
      says: 'The events are sale, rebill, refund, chargeback, upsell and others; what INS does not tell comes by Postback/Pixels.',
    },
    {
      title: 'ClickBank: Instant Notification Service',
      url: 'https://support.clickbank.com/entries/22803622-Instant-Notification-Service',
      readOn: '2026-11-23',
      says: "Instant notifications are encrypted with the account's secret key. They report a sale, rebill, refund, chargeback, cancelled rebill or test.",
    },
    {
      title: 'Public handlers of ClickBank notifications',
      url: 'https://github.com/search?q=RFND+CGBK+INSF+TEST_RFND&type=code',
      readOn: '2026-11-29',
      says: 'They take SALE and BILL (rebill) as payments, RFND as a refund, CGBK as a chargeback, INSF as a bounced eCheck, CANCEL-REBILL and the like as changes without money, and TEST, TEST_SALE, TEST_BILL and TEST_RFND as tests.',
    },
  ],
  notes: [
    "Send the click ID as tid of the HopLink, and write tid=… with ClickBank's macro for it, from the macro list of its Postback/Pixels guide.",
    'Send an order number as txid: without one, an upsell of the same event is a duplicate of the sale.',
    'For refunds and chargebacks make an integration of its own in ClickBank, with the txid of the sale and status=refund or status=chargeback.',
    'The words of its notifications are understood as event or status: RFND, CGBK and INSF reverse, and tests are ignored.',
    'The Instant Notification Service is encrypted and is not understood here: use Postback/Pixels.',
  ],
};
