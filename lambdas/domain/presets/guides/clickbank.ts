import type { PresetGuide } from '../preset';

export const clickbank: PresetGuide = {
  pasteInto: 'a new integration of the Postback/Pixels feature',
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
      says: 'The events are sale, rebill, refund, chargeback, upsell and others; Postback/Pixels sends the events that INS does not.',
    },
    {
      title: 'ClickBank: Instant Notification Service',
      url: 'https://support.clickbank.com/entries/22803622-Instant-Notification-Service',
      readOn: '2026-11-23',
      says: "Instant notifications are encrypted with the account's secret key. They report a sale, rebill, refund, chargeback, cancelled rebill or test.",
    },
    {
      title: 'django-clickbank: the types of notifications',
      url: 'https://github.com/Sureiya/django-clickbank/blob/master/django_clickbank/models.py',
      readOn: '2026-11-29',
      says: 'SALE, BILL (rebill), RFND (refund), CGBK (chargeback), INSF (insufficient funds of an eCheck), CANCEL-REBILL, UNCANCEL-REBILL, TEST, TEST_SALE, TEST_BILL, TEST_RFND and TEST_CHGBK.',
    },
  ],
  notes: [
    "Send the click ID as tid of the HopLink, and write tid=… with ClickBank's macro for it, from the macro list of its Postback/Pixels guide.",
    'Send an order number as txid: without one, an upsell of the same event is a duplicate of the sale.',
    'Make a separate integration in ClickBank for refunds and chargebacks, with the txid of the sale and status=refund or status=chargeback.',
    'The words of its notifications are understood as event or status: RFND, CGBK (also CHGBK) and INSF reverse, and tests are ignored.',
    'The Instant Notification Service is encrypted and is not understood here: use Postback/Pixels.',
  ],
};
