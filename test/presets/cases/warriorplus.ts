import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (
  name: string,
  body: string,
  expect: GoldenCase['expect'],
  integration?: GoldenCase['integration'],
): GoldenCase => ({
  name,
  method: 'POST',
  headers: form,
  body,
  ...(integration !== undefined && { integration }),
  expect,
});
const sale =
  'WP_ACTION=sale&WP_SALE=sale_k3x9&WP_SALEID=998&WP_ITEM_NAME=Course&WP_ITEM_NUMBER=wso_1&WP_SALE_AMOUNT=17.00&WP_SALE_CURRENCY=USD&WP_SALE_EARNINGS_AFF=8.50&WP_PAYMETHOD=paypal&WP_PAYMENT_STATUS=Completed';

export const cases: readonly GoldenCase[] = [
  post(
    'a sale to a vendor, by the tracking ID of the hop link',
    `${sale}&WP_HOP_TID=CLICKID`,
    recorded({ event: 'conversion', transactionId: 'sale_k3x9', status: 'approved', amount: '17', currency: 'USD' }),
  ),
  post('by the sub ID of the buy button', `${sale}&WP_SID=CLICKID`, recorded({ amount: '17' })),
  post('by the sub ID of the hop link', `${sale}&WP_HOP_SID=CLICKID`, recorded({ amount: '17' })),
  post('by the custom parameters of the checkout', `${sale}&WP_CHECKOUT_CUSTOM=CLICKID`, recorded({ amount: '17' })),
  post('the share of an affiliate', `${sale}&WP_HOP_TID=CLICKID`, recorded({ amount: '8.5' }), {
    parameters: { amount: ['WP_SALE_EARNINGS_AFF'] },
  }),
  post(
    'an older notification that knows no WP_SALE',
    'WP_ACTION=sale&WP_SALEID=999&WP_SALE_AMOUNT=27&WP_SALE_CURRENCY=USD&WP_SID=CLICKID',
    recorded({ transactionId: '999', amount: '27' }),
  ),
  post(
    'a payment of a subscription has a transaction of its own',
    'WP_ACTION=subscr_completed&WP_SALE=sale_k3x9&WP_SUBSCR_ID=S1&WP_SUBSCR_PAYMENT_NUM=2&WP_SUBSCR_PAYMENT_AMOUNT=9.00&WP_SUBSCR_PAYMENT_TXNID=TX2&WP_SALE_CURRENCY=USD&WP_HOP_TID=CLICKID',
    recorded({ transactionId: 'TX2', status: 'approved', amount: '9' }),
  ),
  post('a sale without a click', sale, rejected('CLICK_ID_MISSING')),
  post(
    'a word that WarriorPlus adds later',
    `${sale.replace('WP_ACTION=sale', 'WP_ACTION=odd')}&WP_SID=CLICKID`,
    rejected('STATUS_UNKNOWN', '"WP_ACTION"', 'odd'),
  ),
];
