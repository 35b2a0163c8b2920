import type { PresetGuide } from '../preset';

export const paypal: PresetGuide = {
  pasteInto: 'notify_url of the button or payment, or the notification URL in the IPN settings of the account',
  sources: [
    {
      title: 'PayPal: IPN and PDT variables',
      url: 'https://developer.paypal.com/api/nvp-soap/ipn/IPNandPDTVariables/',
      readOn: '2026-11-29',
      says: 'txn_type separates payments (cart, express_checkout, merch_pmt, pro_hosted, recurring_payment) from what moves no money (mp_cancel, new_case, adjustment, recurring_payment_expired, recurring_payment_failed). The words of payment_status have a capital letter; values are URL-encoded.',
    },
    {
      title: 'Magento: a refund as PayPal sends it',
      url: 'https://github.com/magento/magento2/blob/2.4-develop/dev/tests/integration/testsuite/Magento/Paypal/_files/ipn_refund.php',
      readOn: '2026-11-29',
      says: 'A refund has payment_status Refunded, a negative mc_gross, its own txn_id and the payment in parent_txn_id; no txn_type.',
    },
    {
      title: 'A payment as PayPal sent it',
      url: 'https://pastebin.com/uX8j8ygA',
      readOn: '2026-11-29',
      says: 'mc_gross=10.00, payment_date=09:49:51 Jan 06, 2018 PST, payment_status=Completed, custom=351, txn_id=…, txn_type=web_accept, mc_currency=USD.',
    },
    {
      title: 'PayPal: notifications of subscriptions',
      url: 'https://www.paypal.com/cgi-bin/webscr?cmd=p/acc/ipn-subscriptions-outside',
      readOn: '2026-11-29',
      says: 'txn_type is subscr_signup, subscr_cancel, subscr_modify, subscr_failed, subscr_payment or subscr_eot; only subscr_payment is a payment.',
    },
    {
      title: 'Notifications of subscriptions as PayPal sent them',
      url: 'https://gist.github.com/w3guy/9282e7b83cbc9258569d9ade7eeceeda',
      readOn: '2026-11-29',
      says: 'A sign-up has mc_amount1 and mc_amount3 and no mc_gross; a payment has its own txn_id, mc_gross, payment_status, custom and invoice; its refund has a negative amount.',
    },
    {
      title: 'PayPal: values of payment_status, quoted',
      url: 'https://newbedev.com/possible-payment-status-values',
      readOn: '2026-11-29',
      says: 'Canceled_Reversal, Completed, Created (a German ELV payment through Express Checkout), Denied, Expired, Failed, Pending, Refunded, Reversed, Processed and Voided.',
    },
    {
      title: 'PayPal: transaction types, a copy',
      url: 'https://blog.csdn.net/xmlife/article/details/18701805',
      readOn: '2026-11-29',
      says: 'mp_signup is the making of a billing agreement, mp_cancel its end; adjustment, masspay, new_case and payout are no sales.',
    },
    {
      title: 'PayPal: PaymentStatusCodeType in paypal-business',
      url: 'https://rubydoc.info/gems/paypal-business/PaymentStatusCodeType',
      readOn: '2026-11-29',
      says: 'The statuses are Canceled-Reversal, Completed, Denied, Expired, Failed, In-Progress, Partially-Refunded, Pending, Processed, Refunded, Reversed and Voided; a notification writes them with an underscore.',
    },
    {
      title: 'PayPal IPN variables, a translation',
      url: 'https://blog.csdn.net/lchina1314/article/details/84483984',
      readOn: '2026-11-29',
      says: 'custom (255 characters) and invoice (127) are passed through and never shown to the buyer.',
    },
  ],
  notes: [
    'Pass the click ID as custom of the payment; it comes back in every notification about that payment.',
    'A refund names its payment in parent_txn_id and a negative mc_gross: that part is taken back.',
    'mc_gross is what the buyer paid, before the fee of PayPal (mc_fee).',
    'Set respond of the integration to always-200: PayPal repeats what is not answered with 200.',
    'Notifications of the sandbox carry test_ipn=1, and are tests here as well.',
    'Notifications are not sent back to PayPal for verification: keep the token of the integration in the URL.',
  ],
};
