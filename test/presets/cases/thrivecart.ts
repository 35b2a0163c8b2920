import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (
  name: string,
  body: string,
  expect: GoldenCase['expect'],
  more: Partial<GoldenCase> = {},
): GoldenCase => ({
  name,
  method: 'POST',
  headers: form,
  body,
  expect,
  ...more,
});

export const cases: readonly GoldenCase[] = [
  post(
    'an order, as the form that ThriveCart sends',
    'event=order.success&mode=live&thrivecart_account=shop&base_product=12&order_id=23370556&invoice_id=000001382&currency=USD&customer_id=42&order%5Btotal%5D=499700&order%5Btotal_str%5D=4997.00&order%5Bprocessor%5D=stripe_v2&passthrough%5Bclickid%5D=CLICKID',
    recorded({ event: 'conversion', transactionId: '000001382', status: 'approved', amount: '4997', currency: 'USD' }),
  ),
  post(
    'brackets that were not encoded',
    'event=order.success&invoice_id=1383&currency=EUR&order[total]=1499&passthrough[clickid]=CLICKID',
    recorded({ transactionId: '1383', amount: '14.99', currency: 'EUR' }),
  ),
  post(
    'as JSON',
    JSON.stringify({
      event: 'order.success',
      invoice_id: '1384',
      currency: 'USD',
      order: { id: '9', total: '2700' },
      passthrough: { clickid: 'CLICKID' },
    }),
    recorded({ transactionId: '1384', status: 'approved', amount: '27' }),
    { headers: { 'content-type': 'application/json' } },
  ),
  post(
    'an order that cost nothing',
    'event=order.success&invoice_id=1385&currency=USD&order[total]=0&passthrough[clickid]=CLICKID',
    recorded({ transactionId: '1385', amount: '0' }),
  ),
  post(
    'a renewal has an invoice of its own',
    'event=order.subscription_payment&order_id=23370556&invoice_id=1386&currency=USD&order[total]=2700&passthrough[clickid]=CLICKID',
    recorded({ transactionId: '1386', status: 'approved', amount: '27' }),
  ),
  post(
    'an event of the integration in the URL',
    'event=order.success&invoice_id=1387&currency=USD&order[total]=100&passthrough[clickid]=CLICKID',
    recorded({ event: 'course', amount: '1' }),
    { query: 'goal=course' },
  ),
  post(
    'an order of a try',
    'event=order.success&invoice_id=1388&currency=USD&order[total]=100&passthrough[clickid]=CLICKID&mode=test',
    { status: 200, result: 'test', reason: 'OK_TEST' },
    { query: 'test=1' },
  ),
  post(
    'an order of somebody who came without a click',
    'event=order.success&invoice_id=1389&currency=USD&order[total]=100',
    rejected('CLICK_ID_MISSING'),
  ),
  post(
    'an amount that is no whole number of cents',
    'event=order.success&invoice_id=1390&currency=USD&order[total]=14.99&passthrough[clickid]=CLICKID',
    rejected('AMOUNT_INVALID', '14.99'),
  ),
];
