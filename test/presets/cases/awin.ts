import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

export const cases: readonly GoldenCase[] = [
  {
    name: 'a notification by GET',
    query:
      'clickRef=CLICKID&commission=1.64&transactionId=105956531&transactionCurrency=GBP&transactionDate=2025-06-13+12%3A05%3A00',
    expect: recorded({ transactionId: '105956531', status: 'approved', amount: '1.64', currency: 'GBP' }),
  },
  {
    name: 'a notification with the blank as %20',
    query:
      'clickRef=CLICKID&commission=1.64&transactionId=105956531&transactionCurrency=GBP&transactionDate=2025-06-13%2012:05:00',
    expect: recorded({ transactionId: '105956531', amount: '1.64' }),
  },
  {
    name: 'commission and sale amount: the commission counts',
    query: 'clickRef=CLICKID&transactionAmount=26.09&commission=1.64&transactionId=1&transactionCurrency=EUR',
    expect: recorded({ amount: '1.64', currency: 'EUR' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'a notification with all it may hold',
    query:
      'affiliateId=45628&merchantId=3661&groupId=137726&bannerId=291555&clickRef=CLICKID&clickRef2=&clickThroughTime=2025-06-13%2012%3A00%3A00&clickTime=2025-06-13%2012%3A00%3A00&commission=1.64&transactionId=105956531&transactionCurrency=GBP&phrase=Electronic+music&searchEngine=MSN+Live+Search&url=https%3A%2F%2Fexample.com%2F%3Fa%3D1',
    expect: recorded({ transactionId: '105956531', amount: '1.64', currency: 'GBP' }),
  },
  {
    name: "the notification's JSON as a body",
    method: 'POST',
    headers: json,
    body: '{"transactionId":"244231459","transactionDate":"2025-12-06 18:35:28","transactionAmount":"33.7","commission":"0.67","affiliateId":"242611","merchantId":"2678","groupId":"0","bannerId":"0","clickRef":"CLICKID","clickThroughTime":"2025-12-06 07:15:24","transactionCurrency":"GBP","commissionGroups":[{"id":"15250","name":"Default Commission","code":"DEFAULT"}]}',
    expect: recorded({ transactionId: '244231459', amount: '0.67', currency: 'GBP' }, 'ALIAS_IGNORED'),
  },
  {
    name: "the notification's JSON within JSON",
    method: 'POST',
    headers: json,
    body: '{"AwinTransactionPush":{"transactionId":"244231459","transactionDate":"2025-12-06 18:35:28","commission":"0.67","clickRef":"CLICKID","transactionCurrency":"GBP"}}',
    expect: recorded({ transactionId: '244231459', amount: '0.67', currency: 'GBP' }),
  },
  {
    name: "an advertiser's request",
    query:
      'tt=ss&tv=2&merchant=1001&amount=111.50&ch=aw&parts=DEFAULT:111.50&vc=10_OFF&cr=GBP&ref=1100011&testmode=0&cks=CLICKID',
    expect: recorded({
      event: 'conversion',
      transactionId: '1100011',
      status: 'approved',
      amount: '111.5',
      currency: 'GBP',
    }),
  },
  {
    name: "an advertiser's request with two commission groups",
    query:
      'tt=ss&tv=2&merchant=1001&amount=26.09&ch=aw&cr=EUR&ref=A%20100&parts=CD:11.10|DVD:14.99&testmode=0&vc=&cks=CLICKID',
    expect: recorded({ transactionId: 'A 100', amount: '26.09', currency: 'EUR' }),
  },
  {
    name: "an advertiser's request with an encoded order number",
    query: 'tt=ss&tv=2&merchant=1001&amount=5&ch=aw&cr=GBP&ref=%231100011&parts=DEFAULT%3A5&cks=CLICKID',
    expect: recorded({ transactionId: '#1100011', amount: '5' }),
  },
  {
    name: 'an order of the Conversion API, sent alone',
    method: 'POST',
    headers: json,
    body: '{"orderReference":"#1100011","amount":111,"channel":"aw","currency":"GBP","voucher":"10_OFF","isTest":false,"awc":"CLICKID","commissionGroups":[{"code":"DEFAULT","amount":111}]}',
    expect: recorded({ transactionId: '#1100011', amount: '111', currency: 'GBP' }),
  },
  {
    name: 'our own names',
    query: 'clickid=CLICKID&amount=5&txid=T1&event=Sale&currency=USD&status=pending',
    expect: recorded({ event: 'sale', transactionId: 'T1', amount: '5', status: 'pending' }),
  },
  {
    name: 'names in another case',
    query: 'clickref=CLICKID&Commission=2&TransactionID=9',
    expect: recorded({ transactionId: '9', amount: '2' }),
  },
  {
    name: 'a form with plain fields',
    method: 'POST',
    headers: form,
    body: 'clickRef=CLICKID&commission=2.00&transactionId=9&transactionCurrency=SEK',
    expect: recorded({ transactionId: '9', amount: '2', currency: 'SEK' }),
  },
  {
    name: "an advertiser's template, not filled in",
    query:
      'tt=ss&tv=2&merchant={{merchantId}}&amount={{totalAmount}}&ch=aw&cr={{currencyCode}}&ref={{orderReference}}&cks={{awc}}',
    expect: rejected('MACRO_UNREPLACED', 'cks', '{{awc}}', '!!!clickRef!!!'),
  },
  {
    name: 'an amount of the template, not filled in',
    query: 'tt=ss&tv=2&amount=%7B%7BtotalAmount%7D%7D&cr=GBP&ref=1&cks=CLICKID',
    expect: rejected('MACRO_UNREPLACED', 'amount', '{{totalAmount}}', '!!!commission!!!'),
  },
  {
    name: 'a macro in braces, which Awin does not know',
    query: 'clickRef={clickRef}&commission=1.64&transactionId=1',
    expect: rejected('MACRO_UNREPLACED', 'clickRef', '{clickRef}', '!!!clickRef!!!'),
  },
  {
    name: 'a decimal comma',
    query: 'tt=ss&tv=2&amount=1083,29&cr=EUR&ref=1&cks=CLICKID',
    expect: rejected('AMOUNT_INVALID', '1083,29'),
  },
  {
    name: 'a separator of thousands',
    query: 'clickRef=CLICKID&commission=1,083.29',
    expect: rejected('AMOUNT_INVALID', '1,083.29'),
  },
  {
    name: 'an unknown status',
    query: 'clickRef=CLICKID&commission=1&status=validated',
    expect: rejected('STATUS_UNKNOWN', 'validated'),
  },
  {
    name: 'a currency that is none',
    query: 'clickRef=CLICKID&commission=1&transactionCurrency=POUND',
    expect: rejected('CURRENCY_INVALID', 'POUND'),
  },
  {
    name: 'a date with slashes',
    query: 'clickRef=CLICKID&commission=1&transactionDate=13/06/2025',
    expect: recorded({ amount: '1' }, 'TIMESTAMP_UNREAD'),
  },
  {
    name: 'two transactions',
    query: 'clickRef=CLICKID&transactionId=1&transactionId=2',
    expect: rejected('PARAMETER_CONFLICT', 'transactionId'),
  },
  {
    name: "Awin's own click checksum",
    query: 'tt=ss&tv=2&amount=5&cr=GBP&ref=1&cks=1001_1403695822_a430d81e22c9e8687f423efcf024fbaa',
    expect: rejected('CLICK_ID_MALFORMED', 'cks'),
  },
  {
    name: 'a sale of no click',
    query: 'tt=ss&tv=2&merchant=1001&amount=5&ch=na&cr=GBP&ref=1&parts=DEFAULT:5&testmode=0&vc=',
    expect: rejected('CLICK_ID_MISSING', 'clickref'),
  },
  {
    name: 'a made-up click ID',
    query: 'clickRef=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r&commission=1',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
