import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const forged = '14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r';

export const cases: readonly GoldenCase[] = [
  {
    name: 'the click ID alone is a conversion',
    query: 'clickid=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },

  // Every alias, a row each.
  {
    name: 'clickid, amount, txid, event, status, currency, timestamp',
    query: 'clickid=CLICKID&amount=12.50&txid=T-1&event=Sale&status=approved&currency=EUR&timestamp=1748779200',
    expect: recorded({ event: 'sale', transactionId: 'T-1', status: 'approved', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: 'click_id, payout, transactionid, et, cnv_status, cnv_currency, ts_conversion',
    query:
      'click_id=CLICKID&payout=7&transactionid=T2&et=deposit&cnv_status=hold&cnv_currency=gbp&ts_conversion=1748779200000',
    expect: recorded({ event: 'deposit', transactionId: 'T2', status: 'pending', amount: '7', currency: 'GBP' }),
  },
  {
    name: 'cid, sum, order_id, type, conv_status, cr, conversion_time',
    query:
      'cid=CLICKID&sum=0.05&order_id=1001&type=Lead&conv_status=declined&cr=USD&conversion_time=2025-06-01T12:00:00Z',
    expect: recorded({ event: 'lead', transactionId: '1001', status: 'rejected', amount: '0.05', currency: 'USD' }),
  },
  {
    name: 'subid, revenue, orderid, goal, s',
    query: 'subid=CLICKID&revenue=100&orderid=A77&goal=ftd&s=confirmed',
    expect: recorded({ event: 'ftd', transactionId: 'A77', status: 'approved', amount: '100' }),
  },
  {
    name: 'sub_id, p, oid, goal_id',
    query: 'sub_id=CLICKID&p=3.333333&oid=77&goal_id=12',
    expect: recorded({ event: '12', transactionId: '77', amount: '3.333333' }),
  },
  {
    name: 'aff_sub, TotalCost, OrderID, event_id',
    query: 'aff_sub=CLICKID&TotalCost=59.90&OrderID=ORD-9&event_id=2',
    expect: recorded({ event: '2', transactionId: 'ORD-9', amount: '59.9' }),
  },
  {
    name: 's2, t, e',
    query: 's2=CLICKID&p=20&t=9981&e=3',
    expect: recorded({ event: '3', transactionId: '9981', amount: '20' }),
  },
  {
    name: 'cnv_id, action_id, ac',
    query: 'cnv_id=CLICKID&payout=1.10&action_id=abc&ac=signup',
    expect: recorded({ event: 'signup', transactionId: 'abc', amount: '1.1' }),
  },
  {
    name: 'tid, rdtk_event_id, cet',
    query: 'tid=CLICKID&payout=4&rdtk_event_id=ev1&cet=install',
    expect: recorded({ event: 'install', transactionId: 'ev1', amount: '4' }),
  },
  {
    name: 'visitorId, ct',
    query: 'visitorId=CLICKID&payout=4&ct=upsell',
    expect: recorded({ event: 'upsell', amount: '4' }),
  },
  {
    name: 'rdtk_cid',
    query: 'rdtk_cid=CLICKID&sum=2',
    expect: recorded({ amount: '2' }),
  },

  // Letters and encodings.
  {
    name: 'names in another case',
    query: 'ClickID=CLICKID&AMOUNT=5&TxId=T9&Event=SALE&Currency=eur',
    expect: recorded({ event: 'sale', transactionId: 'T9', amount: '5', currency: 'EUR' }),
  },
  {
    name: 'a plus is a blank',
    query: 'clickid=CLICKID&event=first+deposit&txid=A+1',
    expect: recorded({ event: 'first deposit', transactionId: 'A 1' }),
  },
  {
    name: '%20 is a blank',
    query: 'clickid=CLICKID&event=first%20deposit&txid=A%201',
    expect: recorded({ event: 'first deposit', transactionId: 'A 1' }),
  },
  {
    name: '%2B is a plus',
    query: 'clickid=CLICKID&txid=A%2B1',
    expect: recorded({ transactionId: 'A+1' }),
  },
  {
    name: 'an order number like base64, encoded',
    query: 'clickid=CLICKID&txid=k3v%2BZq%2F9Aw%3D%3D&amount=5',
    expect: recorded({ transactionId: 'k3v+Zq/9Aw==', amount: '5' }),
  },
  {
    name: 'an order number like base64, not encoded',
    query: 'clickid=CLICKID&txid=k3vZq/9Aw==&amount=5',
    expect: recorded({ transactionId: 'k3vZq/9Aw==', amount: '5' }),
  },
  {
    name: 'an order number in another script',
    query: 'clickid=CLICKID&txid=%E6%B3%A8%E6%96%87-7',
    expect: recorded({ transactionId: '注文-7' }),
  },
  {
    name: 'values encoded twice',
    query: 'clickid=CLICKID&amount=12%252E50&event=first%2520deposit&currency=%2545UR',
    expect: recorded({ event: 'first deposit', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: 'the whole query encoded once too often',
    query: 'clickid%3DCLICKID%26amount%3D5%26txid%3DT5',
    expect: recorded({ transactionId: 'T5', amount: '5' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'blanks around values',
    query: 'clickid=%20CLICKID%20&amount=+5.00+&status=%09approved&txid=T6%0A',
    expect: recorded({ transactionId: 'T6', status: 'approved', amount: '5' }),
  },
  {
    name: 'a second question mark at the start',
    query: '?clickid=CLICKID&amount=5',
    expect: recorded({ amount: '5' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'a question mark where an ampersand belongs',
    query: 'src=fb?clickid=CLICKID&amount=5',
    expect: recorded({ amount: '5' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'HTML entities as separators',
    query: 'source=mail&amp;clickid=CLICKID&amp;amount=5&amp;txid=T7',
    expect: recorded({ transactionId: 'T7', amount: '5' }, 'QUERY_REPAIRED'),
  },
  {
    name: '&currency eaten by HTML',
    query: 'clickid=CLICKID&amount=5¤cy=EUR',
    expect: recorded({ amount: '5', currency: 'EUR' }, 'QUERY_REPAIRED'),
  },
  {
    name: '&currency eaten by HTML, and encoded since',
    query: 'clickid=CLICKID&amount=5%C2%A4cy=EUR',
    expect: recorded({ amount: '5', currency: 'EUR' }, 'QUERY_REPAIRED'),
  },
  {
    name: '&timestamp eaten by HTML',
    query: 'clickid=CLICKID&amount=5×tamp=1748779200',
    expect: recorded({ amount: '5' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'a byte order mark before the query',
    query: '%EF%BB%BFclickid=CLICKID&amount=5',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'empty values are nothing sent',
    query: 'clickid=CLICKID&amount=5&txid=&status=&event=&currency=&timestamp=',
    expect: recorded({ event: 'conversion', status: 'approved', amount: '5', currency: 'USD' }),
  },
  {
    name: 'empty pairs and a trailing ampersand',
    query: '&clickid=CLICKID&&amount=5&',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'the same parameter twice with one value',
    query: 'clickid=CLICKID&clickid=CLICKID&amount=5&amount=5.00',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'the same parameter with two values',
    query: 'clickid=CLICKID&amount=5&amount=6',
    expect: rejected('PARAMETER_CONFLICT', 'amount'),
  },
  {
    name: 'two orders in one postback',
    query: 'clickid=CLICKID&txid=A&txid=B',
    expect: rejected('PARAMETER_CONFLICT', 'txid'),
  },

  // Bodies.
  {
    name: 'a form',
    method: 'POST',
    headers: form,
    body: 'clickid=CLICKID&amount=12.50&txid=A+1&event=sale',
    expect: recorded({ event: 'sale', transactionId: 'A 1', amount: '12.5' }),
  },
  {
    name: 'a form without a content type',
    method: 'POST',
    body: 'clickid=CLICKID&amount=12.50',
    expect: recorded({ amount: '12.5' }),
  },
  {
    name: 'part in the query, part in the form',
    method: 'POST',
    query: 'clickid=CLICKID',
    headers: form,
    body: 'amount=9.99&currency=EUR',
    expect: recorded({ amount: '9.99', currency: 'EUR' }),
  },
  {
    name: 'query and form that contradict each other',
    method: 'POST',
    query: 'clickid=CLICKID&amount=9',
    headers: form,
    body: 'amount=10',
    expect: rejected('PARAMETER_CONFLICT', 'amount'),
  },
  {
    name: 'JSON with texts',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","amount":"12.50","txid":"T8","event":"Sale","status":"Approved","currency":"EUR"}',
    expect: recorded({ event: 'sale', transactionId: 'T8', status: 'approved', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: 'JSON with numbers, to the letter',
    method: 'POST',
    headers: json,
    body: '{"clickid": "CLICKID", "amount": 12.50, "order_id": 12345678901234567890, "goal_id": 3, "timestamp": 1748779200}',
    expect: recorded({ event: '3', transactionId: '12345678901234567890', amount: '12.5' }),
  },
  {
    name: 'JSON with nulls, which are nothing sent',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","amount":5,"txid":null,"status":null,"currency":null}',
    expect: recorded({ status: 'approved', amount: '5' }),
  },
  {
    name: 'JSON after a byte order mark, called plain text',
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '\ufeff{"clickid":"CLICKID","amount":5}',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'JSON cut off',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","amount":5',
    expect: rejected('BODY_INVALID'),
  },
  {
    name: 'a JSON number with an exponent',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","amount":1e2}',
    expect: rejected('AMOUNT_INVALID', '1e2'),
  },

  // Amounts.
  {
    name: 'the largest amount, with all its digits',
    query: 'clickid=CLICKID&amount=999999999999.999999',
    expect: recorded({ amount: '999999999999.999999' }),
  },
  {
    name: 'leading and trailing zeros',
    query: 'clickid=CLICKID&amount=0012.5000000',
    expect: recorded({ amount: '12.5' }),
  },
  {
    name: 'zero',
    query: 'clickid=CLICKID&amount=0.00',
    expect: recorded({ amount: '0' }),
  },
  {
    name: 'one digit too many before the point',
    query: 'clickid=CLICKID&amount=1000000000000',
    expect: rejected('AMOUNT_INVALID', '12 digits'),
  },
  {
    name: 'one digit too many after the point',
    query: 'clickid=CLICKID&amount=12.3456785',
    expect: recorded({ amount: '12.345678' }, 'AMOUNT_ROUNDED'),
  },
  {
    name: 'a decimal comma',
    query: 'clickid=CLICKID&amount=12,50',
    expect: rejected('AMOUNT_INVALID', 'amount', '12,50'),
  },
  {
    name: 'a decimal comma, from a sender known for it',
    query: 'clickid=CLICKID&amount=12%2C50',
    integration: { decimalComma: true },
    expect: recorded({ amount: '12.5' }),
  },
  {
    name: 'a separator of thousands',
    query: 'clickid=CLICKID&amount=1,234.50',
    expect: rejected('AMOUNT_INVALID', '1,234.50'),
  },
  {
    name: 'a currency symbol',
    query: 'clickid=CLICKID&amount=%2412.50',
    expect: rejected('AMOUNT_INVALID', '$12.50'),
  },
  {
    name: 'a currency code in the amount',
    query: 'clickid=CLICKID&amount=12.50%20USD',
    expect: rejected('AMOUNT_INVALID'),
  },
  {
    name: 'no number at all',
    query: 'clickid=CLICKID&amount=NaN',
    expect: rejected('AMOUNT_INVALID', 'NaN'),
  },
  {
    name: 'a negative amount where adjustments are not allowed',
    query: 'clickid=CLICKID&amount=-5',
    expect: rejected('AMOUNT_INVALID', '-5'),
  },
  {
    name: 'two names for the amount that differ',
    query: 'clickid=CLICKID&amount=5&payout=6',
    expect: rejected('PARAMETER_CONFLICT', 'amount', 'payout'),
  },
  {
    name: 'two names for the amount that agree',
    query: 'clickid=CLICKID&amount=5&payout=5.00',
    expect: recorded({ amount: '5' }),
  },

  // Words.
  {
    name: 'a refund is a reversal',
    query: 'clickid=CLICKID&amount=5&txid=T10&status=Refund',
    expect: recorded({ status: 'reversed' }),
  },
  {
    name: 'a word of the integration goes before one of the preset',
    query: 'clickid=CLICKID&amount=5&status=Lead',
    integration: { statuses: { lead: 'approved' } },
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'an event of the integration',
    query: 'clickid=CLICKID&event=REG',
    integration: { events: { reg: 'registration' } },
    expect: recorded({ event: 'registration' }),
  },
  {
    name: 'an unknown status',
    query: 'clickid=CLICKID&status=maybe',
    expect: rejected('STATUS_UNKNOWN', 'maybe'),
  },
  {
    name: 'a currency that is none',
    query: 'clickid=CLICKID&amount=5&currency=DOLLAR',
    expect: rejected('CURRENCY_INVALID', 'DOLLAR'),
  },
  {
    name: 'a time that is none',
    query: 'clickid=CLICKID&amount=5&timestamp=yesterday',
    expect: recorded({ amount: '5' }, 'TIMESTAMP_UNREAD'),
  },

  // Macros.
  {
    name: 'a click ID in braces',
    query: 'clickid={clickid}&amount=5',
    expect: rejected('MACRO_UNREPLACED', 'clickid', '{clickid}'),
  },
  {
    name: 'a click ID in encoded double braces',
    query: 'clickid=%7B%7Bclick.id%7D%7D&amount=5',
    expect: rejected('MACRO_UNREPLACED', '{{click.id}}', '{clickid}'),
  },
  {
    name: "a click ID in CAKE's form",
    query: 'clickid=%23s2%23&amount=5',
    expect: rejected('MACRO_UNREPLACED', '#s2#', '{clickid}'),
  },
  {
    name: 'a click ID in square brackets',
    query: 'clickid=[CLICK]&amount=5',
    expect: rejected('MACRO_UNREPLACED', '[CLICK]'),
  },
  {
    name: 'an amount in percent signs',
    query: 'clickid=CLICKID&amount=%PAYOUT%',
    expect: rejected('MACRO_UNREPLACED', 'amount', '%PAYOUT%', '{amount}'),
  },
  {
    name: 'an order in a dollar form',
    query: 'clickid=CLICKID&txid=${ORDER_ID}',
    expect: rejected('MACRO_UNREPLACED', 'txid', '${ORDER_ID}', '{transaction_id}'),
  },
  {
    name: 'an event in angle brackets',
    query: 'clickid=CLICKID&event=%3Cevent%3E',
    expect: rejected('MACRO_UNREPLACED', '<event>', '{event}'),
  },
  {
    name: 'REPLACE left in the URL',
    query: 'cid=REPLACE&payout=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'cid', 'REPLACE', '{clickid}'),
  },
  {
    name: 'OPTIONAL left in the URL',
    query: 'cid=CLICKID&payout=OPTIONAL&txid=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'OPTIONAL'),
  },
  {
    name: 'TRANSACTION_ID left in the URL',
    query: 'clickid=CLICKID&txid=TRANSACTION_ID',
    expect: rejected('MACRO_UNREPLACED', 'txid', 'TRANSACTION_ID'),
  },
  {
    name: 'a macro in a parameter that nobody reads',
    query: 'clickid=CLICKID&amount=5&sub7={sub7}',
    expect: recorded({ amount: '5' }, 'MACRO_IN_UNUSED_PARAMETER'),
  },

  // Click IDs.
  {
    name: 'no click ID',
    query: 'amount=5&txid=T11',
    expect: rejected('CLICK_ID_MISSING', 'clickid'),
  },
  {
    name: 'an empty click ID',
    query: 'clickid=&amount=5',
    expect: rejected('CLICK_ID_MISSING'),
  },
  {
    name: 'a cut click ID',
    query: 'clickid=14v0k8q2w6zj3n5x7c9b&amount=5',
    expect: rejected('CLICK_ID_MALFORMED', 'clickid'),
  },
  {
    name: "another tracker's click ID",
    query: 'clickid=c384EFV6JHQODRN70575OK6UG5&amount=5',
    expect: rejected('CLICK_ID_MALFORMED'),
  },
  {
    name: 'a made-up click ID',
    query: `clickid=${forged}&amount=5`,
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED', message: ['clickid'] },
  },
];
