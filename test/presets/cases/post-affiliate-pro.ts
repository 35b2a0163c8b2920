import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

export const cases: readonly GoldenCase[] = [
  // Shops whose pixel or postback was written for Post Affiliate Pro.
  {
    name: 'the sale pixel of the manual, with a visitor',
    query: 'TotalCost=120.50&OrderID=ORD_12345XYZ&ProductID=test+product&visitorId=CLICKID',
    expect: recorded({
      event: 'conversion',
      transactionId: 'ORD_12345XYZ',
      status: 'approved',
      amount: '120.5',
      currency: 'USD',
    }),
  },
  {
    name: 'with the account, as hosted shops write it',
    query: 'AccountId=default1&TotalCost=49.00&OrderID=1001&ProductID=Ormizi&CampaignID=679ee28a&visitorId=CLICKID',
    expect: recorded({ transactionId: '1001', amount: '49' }),
  },
  {
    name: 'an action with its code',
    query: 'ActionCode=lead&OrderID=77&visitorId=CLICKID&TotalCost=0',
    expect: recorded({ event: 'lead', transactionId: '77', amount: '0' }),
  },
  {
    name: 'PStatus A',
    query: 'TotalCost=10&OrderID=1&PStatus=A&visitorId=CLICKID',
    expect: recorded({ status: 'approved', amount: '10' }),
  },
  {
    name: 'PStatus P',
    query: 'TotalCost=10&OrderID=1&PStatus=P&visitorId=CLICKID',
    expect: recorded({ status: 'pending', amount: '10' }),
  },
  {
    name: 'PStatus D, in a small letter',
    query: 'TotalCost=10&OrderID=1&PStatus=d&visitorId=CLICKID',
    expect: recorded({ status: 'rejected', amount: '10' }),
  },
  {
    name: 'a currency',
    query: 'TotalCost=10.00&OrderID=1&Currency=BRL&ActionCode=sale&visitorId=CLICKID',
    expect: recorded({ event: 'sale', amount: '10', currency: 'BRL' }),
  },
  {
    name: 'costs, data fields and a coupon are let pass',
    query:
      'TotalCost=80&FixedCost=%255&OrderID=9&data1=gold&data2=&data5=a%3Db&Coupon=SAVE10&Commission=4&visitorId=CLICKID&ip=203.0.113.9',
    expect: recorded({ transactionId: '9', amount: '80' }),
  },
  {
    name: 'an image of a page that writes &amp;',
    query: 'TotalCost=120.50&amp;OrderID=ORD_1&amp;visitorId=CLICKID',
    expect: recorded({ transactionId: 'ORD_1', amount: '120.5' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'names in small letters',
    query: 'totalcost=5&orderid=A1&visitorid=CLICKID&actioncode=Signup',
    expect: recorded({ event: 'signup', transactionId: 'A1', amount: '5' }),
  },
  {
    name: 'no order: a sale of its own',
    query: 'TotalCost=12&visitorId=CLICKID',
    expect: recorded({ event: 'conversion', amount: '12' }),
  },
  {
    name: 'the sale pixel sent by POST as a form',
    method: 'POST',
    headers: form,
    body: 'TotalCost=99.95&OrderID=F-1&PStatus=P&Currency=EUR&visitorId=CLICKID',
    expect: recorded({ transactionId: 'F-1', status: 'pending', amount: '99.95', currency: 'EUR' }),
  },
  {
    name: 'the short names of the tracking request, as JSON',
    method: 'POST',
    headers: json,
    body: '{"visitorId":"CLICKID","ac":"","t":"100","f":"","o":"oid","p":"pid","d1":"data1value","a":"testaff","c":"55a22310","s":"A","cr":"Eur","cp":"couponcode"}',
    expect: recorded({ event: 'conversion', transactionId: 'oid', status: 'approved', amount: '100', currency: 'EUR' }),
  },
  {
    name: 'the short names in a query',
    query: 'visitorId=CLICKID&ac=register&o=88&t=0&s=P&cr=usd',
    expect: recorded({ event: 'register', transactionId: '88', status: 'pending', amount: '0', currency: 'USD' }),
  },
  {
    name: 'visitor in the query, sale in the body',
    method: 'POST',
    query: 'visitorId=CLICKID&accountId=default1',
    headers: form,
    body: 'TotalCost=15.50&OrderID=mix-1',
    expect: recorded({ transactionId: 'mix-1', amount: '15.5' }),
  },

  // Post Affiliate Pro itself.
  {
    name: "an affiliate's postback in our names",
    query: 'clickid=CLICKID&amount=8.40&txid=pap-3&event=sale&status=approved',
    expect: recorded({ event: 'sale', transactionId: 'pap-3', status: 'approved', amount: '8.4' }),
  },
  {
    name: "the same with Post Affiliate Pro's words",
    query: 'visitorId=CLICKID&TotalCost=8.40&OrderID=pap-4&PStatus=declined',
    expect: recorded({ transactionId: 'pap-4', status: 'rejected', amount: '8.4' }),
  },

  // The wrong ones.
  {
    name: 'a variable that was not replaced',
    query: 'visitorId=CLICKID&TotalCost={$totalcost}&OrderID=1',
    expect: rejected('MACRO_UNREPLACED', '"TotalCost"', '{$totalcost}'),
  },
  {
    name: 'a template of the shop that was not filled in',
    query: 'TotalCost=${order.total}&OrderID=1&visitorId=CLICKID',
    expect: rejected('MACRO_UNREPLACED', '"TotalCost"', '${order.total}'),
  },
  {
    name: 'a Liquid template in the order number',
    query: 'TotalCost=5&OrderID=%7B%7B+order.name+%7D%7D&visitorId=CLICKID',
    expect: rejected('MACRO_UNREPLACED', '"OrderID"', '{{ order.name }}'),
  },
  {
    name: 'a total with a comma',
    query: 'TotalCost=120%2C50&OrderID=1&visitorId=CLICKID',
    expect: rejected('AMOUNT_INVALID', '"TotalCost"', '120,50'),
  },
  {
    name: 'the same from a shop that always writes so',
    query: 'TotalCost=120%2C50&OrderID=1&visitorId=CLICKID',
    integration: { decimalComma: true },
    expect: recorded({ amount: '120.5' }),
  },
  {
    name: 'a total with its sign',
    query: 'TotalCost=%E2%82%AC120.50&OrderID=1&visitorId=CLICKID',
    expect: rejected('AMOUNT_INVALID', '"TotalCost"'),
  },
  {
    name: 'a status letter that is none',
    query: 'TotalCost=5&PStatus=X&visitorId=CLICKID',
    expect: rejected('STATUS_UNKNOWN', '"PStatus"', 'X'),
  },
  {
    name: 'two totals',
    query: 'TotalCost=5&TotalCost=6&OrderID=1&visitorId=CLICKID',
    expect: rejected('PARAMETER_CONFLICT', '"TotalCost"'),
  },
  {
    name: 'no visitor: a pixel that relied on its cookie',
    query: 'TotalCost=120.50&OrderID=ORD_12345XYZ&ProductID=test+product',
    expect: rejected('CLICK_ID_MISSING', 'visitor'),
  },
  {
    name: "Post Affiliate Pro's own visitor ID with its account before it",
    query: 'TotalCost=5&visitorId=default1b910a79d013c8856a01393511GPTWP0s',
    expect: rejected('CLICK_ID_MALFORMED', '"visitorId"'),
  },
];
