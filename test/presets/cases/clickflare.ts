import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  {
    name: 'a postback with every parameter',
    query: 'click_id=CLICKID&payout=12.50&txid=9981&ct=sale',
    expect: recorded({ event: 'sale', transactionId: '9981', status: 'approved', amount: '12.5' }),
  },
  {
    name: 'the click ID alone',
    query: 'click_id=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'cf_click_id in its place',
    query: 'cf_click_id=CLICKID&payout=2',
    expect: recorded({ amount: '2' }),
  },
  {
    name: 'both names with one value',
    query: 'cf_click_id=CLICKID&click_id=CLICKID&payout=2',
    expect: recorded({ amount: '2' }),
  },
  {
    name: 'the older form with cid',
    query: 'cid=CLICKID&payout=49.90&txid=ORD-1',
    expect: recorded({ transactionId: 'ORD-1', amount: '49.9' }),
  },
  {
    name: 'an older form with currency and event',
    query: 'cid=CLICKID&payout=49.9&txid=ord_1&ct=purchase&currency=EUR',
    expect: recorded({ event: 'purchase', currency: 'EUR', amount: '49.9' }),
  },
  {
    name: 'an upsell with a transaction of its own',
    query: 'click_id=CLICKID&payout=9&txid=ORD-1-U1&ct=Upsell',
    expect: recorded({ event: 'upsell', transactionId: 'ORD-1-U1' }),
  },
  {
    name: 'a fixed payout',
    query: 'click_id=CLICKID&payout=2',
    expect: recorded({ amount: '2' }),
  },
  {
    name: 'further parameters of the network',
    query: 'click_id=CLICKID&payout=2&param1=abc&param2=&offer=77&geo=DE',
    expect: recorded({ amount: '2' }),
  },
  {
    name: 'a back-postback to a traffic source with our own names',
    query: 'clickid=CLICKID&amount=5&txid=T1&event=Lead&currency=USD',
    expect: recorded({ event: 'lead', transactionId: 'T1', amount: '5', currency: 'USD' }),
  },
  {
    name: 'our own word for the status',
    query: 'click_id=CLICKID&payout=5&status=Rejected',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'names in another case',
    query: 'Click_ID=CLICKID&PAYOUT=5&TxID=7&CT=Trial',
    expect: recorded({ event: 'trial', transactionId: '7', amount: '5' }),
  },
  {
    name: 'a form',
    method: 'POST',
    headers: form,
    body: 'click_id=CLICKID&payout=5.0&txid=A%2B1&ct=sale',
    expect: recorded({ event: 'sale', amount: '5', transactionId: 'A+1' }),
  },
  {
    name: 'a zero payout',
    query: 'click_id=CLICKID&payout=0&ct=lead',
    expect: recorded({ event: 'lead', amount: '0' }),
  },
  {
    name: 'the URL pasted as it was copied',
    query: 'click_id=REPLACE&payout=OPTIONAL&txid=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'click_id', 'REPLACE', '{externalid}'),
  },
  {
    name: 'only the click ID filled in',
    query: 'click_id=CLICKID&payout=OPTIONAL&txid=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'OPTIONAL'),
  },
  {
    name: "ClickFlare's offer token in place of the network's",
    query: 'click_id={cf_click_id}&payout=5',
    expect: rejected('MACRO_UNREPLACED', 'click_id', '{cf_click_id}', '{externalid}'),
  },
  {
    name: "CAKE's tokens, not replaced",
    query: 'click_id=%23s2%23&payout=%23price%23',
    expect: rejected('MACRO_UNREPLACED', '#s2#', '{externalid}'),
  },
  {
    name: 'the transaction token with an underscore',
    query: 'click_id=CLICKID&payout=5&txid={transaction_id}',
    expect: rejected('MACRO_UNREPLACED', 'txid', '{transaction_id}', '{transaction.id}'),
  },
  {
    name: "ClickFlare's own transaction token, not replaced",
    query: 'click_id=CLICKID&payout=5&txid=%7Btransaction.id%7D',
    expect: rejected('MACRO_UNREPLACED', 'txid', '{transaction.id}'),
  },
  {
    name: 'a decimal comma',
    query: 'click_id=CLICKID&payout=12%2C50',
    expect: rejected('AMOUNT_INVALID', '12,50'),
  },
  {
    name: 'a currency in the payout',
    query: 'click_id=CLICKID&payout=USD12',
    expect: rejected('AMOUNT_INVALID', 'USD12'),
  },
  {
    name: 'an unknown status',
    query: 'click_id=CLICKID&status=ok',
    expect: rejected('STATUS_UNKNOWN', 'ok'),
  },
  {
    name: 'two transactions',
    query: 'click_id=CLICKID&txid=1&txid=2',
    expect: rejected('PARAMETER_CONFLICT', 'txid'),
  },
  {
    name: 'a cut click ID',
    query: 'click_id=14v0k8q2w6zj3n5&payout=5',
    expect: rejected('CLICK_ID_MALFORMED', 'click_id'),
  },
  {
    name: 'no click ID',
    query: 'payout=5&ct=sale',
    expect: rejected('CLICK_ID_MISSING', 'click_id'),
  },
  {
    name: 'a made-up click ID',
    query: 'click_id=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
