import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  {
    name: 'a postback as affiliate networks send it',
    query: 'cid=CLICKID&payout=12.50&txid=9981',
    expect: recorded({ event: 'conversion', transactionId: '9981', status: 'approved', amount: '12.5' }),
  },
  {
    name: 'a custom conversion before the click ID',
    query: 'cet=install&cid=CLICKID&payout=0.80',
    expect: recorded({ event: 'install', amount: '0.8' }),
  },
  {
    name: 'a custom conversion with hyphen and capitals',
    query: 'cid=CLICKID&payout=30&cet=First-Deposit_2&txid=d-1',
    expect: recorded({ event: 'first-deposit_2', transactionId: 'd-1' }),
  },
  {
    name: 'a new conversion, as BeMob tells a traffic source',
    query: 'cid=CLICKID&payout=0&status=new',
    expect: recorded({ status: 'pending', amount: '0' }),
  },
  {
    name: 'a confirmed conversion',
    query: 'cid=CLICKID&payout=12&status=confirm',
    expect: recorded({ status: 'approved', amount: '12' }),
  },
  {
    name: 'a declined conversion',
    query: 'cid=CLICKID&payout=0&status=decline',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'a chargeback',
    query: 'cid=CLICKID&payout=0&status=charge',
    expect: recorded({ status: 'reversed' }),
  },
  {
    name: 'a status in capitals',
    query: 'cid=CLICKID&payout=12&status=CONFIRM',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: "our own words are understood beside BeMob's",
    query: 'cid=CLICKID&payout=12&status=Approved',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'the words of the network behind BeMob, mapped by the integration',
    query: 'cid=CLICKID&payout=5&txid=3&status=lead',
    integration: { statuses: { lead: 'approved', hold: 'pending', reject: 'rejected' } },
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'the same words without a mapping',
    query: 'cid=CLICKID&payout=5&txid=3&status=lead',
    expect: rejected('STATUS_UNKNOWN', 'lead', 'confirm'),
  },
  {
    name: 'our own names',
    query: 'clickid=CLICKID&amount=5&txid=T1&event=Sale&status=confirm&currency=EUR',
    expect: recorded({ event: 'sale', transactionId: 'T1', amount: '5', currency: 'EUR' }),
  },
  {
    name: 'names in another case',
    query: 'CID=CLICKID&Payout=5.00&TXID=t1&CET=Reg',
    expect: recorded({ event: 'reg', transactionId: 't1', amount: '5' }),
  },
  {
    name: 'a form',
    method: 'POST',
    headers: form,
    body: 'cid=CLICKID&payout=5.50&txid=x%20y&cet=sale',
    expect: recorded({ event: 'sale', amount: '5.5', transactionId: 'x y' }),
  },
  {
    name: 'empty optional parameters',
    query: 'cid=CLICKID&payout=&txid=&status=&cet=',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'the URL pasted as it was shown',
    query: 'cid=REPLACE&payout=OPTIONAL&txid=OPTIONAL&status=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'cid', 'REPLACE', '{externalId}'),
  },
  {
    name: 'only the click ID filled in',
    query: 'cid=CLICKID&payout=OPTIONAL&txid=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'OPTIONAL'),
  },
  {
    name: 'a status left out of the template',
    query: 'cid=CLICKID&payout=5&status=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', 'status', 'OPTIONAL', '{status}'),
  },
  {
    name: "BeMob's token in the wrong case",
    query: 'cid={externalID}&payout=5',
    expect: rejected('MACRO_UNREPLACED', 'cid', '{externalID}', '{externalId}'),
  },
  {
    name: "BeMob's own token, encoded and not replaced",
    query: 'cid=%7BexternalId%7D&payout=5',
    expect: rejected('MACRO_UNREPLACED', 'cid', '{externalId}'),
  },
  {
    name: "PropellerAds' token",
    query: 'cid=${SUBID}&payout=5',
    expect: rejected('MACRO_UNREPLACED', '${SUBID}', '{externalId}'),
  },
  {
    name: 'a decimal comma',
    query: 'cid=CLICKID&payout=5,50',
    expect: rejected('AMOUNT_INVALID', 'payout', '5,50'),
  },
  {
    name: 'a symbol',
    query: 'cid=CLICKID&payout=%E2%82%AC5',
    expect: rejected('AMOUNT_INVALID', 'payout'),
  },
  {
    name: 'two payouts',
    query: 'cid=CLICKID&payout=5&payout=6',
    expect: rejected('PARAMETER_CONFLICT', 'payout'),
  },
  {
    name: "BeMob's own click ID of 22 letters",
    query: 'cid=AMDT2idsBZnMWZjKDBbemx&payout=5',
    expect: rejected('CLICK_ID_MALFORMED', 'cid'),
  },
  {
    name: 'no click ID',
    query: 'payout=5&txid=1',
    expect: rejected('CLICK_ID_MISSING', 'cid'),
  },
  {
    name: 'a made-up click ID',
    query: 'cid=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r&payout=5',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
