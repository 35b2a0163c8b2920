import type { PresetGuide } from '../preset';

export const warriorplus: PresetGuide = {
  pasteInto: 'the notification URL of the product or offer, or an affiliate webhook of the account',
  sources: [
    {
      title: 'WarriorPlus: IPN and Keygen variables',
      url: 'https://help.warriorplus.com/en/articles/1658556-advanced-variables-sent-to-your-ipn-and-or-keygen-script',
      readOn: '2026-11-29',
      says: 'WP_ACTION is sale, refund, dispute or a word for subscriptions; WP_SALE identifies the sale, WP_SALE_AMOUNT is what the buyer paid, WP_SALE_CURRENCY is always USD, WP_SALE_EARNINGS_AFF the share of the affiliate. Affiliate webhooks have the same variables.',
    },
    {
      title: 'WarriorPlus: Advanced variables (older edition)',
      url: 'http://help.warriorplus.com/selling-on-warriorplus/advanced-variables-sent-to-your-ipn-andor-keygen-script',
      readOn: '2026-11-29',
      says: 'WP_SID, WP_HOP_SID and WP_HOP_TID return the sub ID and tracking ID of the link, WP_CHECKOUT_CUSTOM the custom parameters. subscr_completed is a recurring payment that succeeded, with WP_SUBSCR_PAYMENT_TXNID and WP_SUBSCR_PAYMENT_AMOUNT; subscr_created comes beside the first sale.',
    },
  ],
  notes: [
    'Vendors pass the click ID as s of the buy button or as the tid of a vendor hop link; it comes back in WP_SID or WP_HOP_TID.',
    'For an affiliate set parameters.amount of the integration to WP_SALE_EARNINGS_AFF: otherwise the price that the buyer paid counts.',
    'A dispute takes the sale back, as a refund does.',
    'WP_SECURITYKEY is not checked: add the token of the integration to the URL.',
  ],
};
