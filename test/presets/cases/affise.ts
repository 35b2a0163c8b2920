import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  // Advertisers whose URL was written for an Affise network.
  {
    name: 'the postback of an offer',
    query: 'clickid=CLICKID&action_id=A-100&sum=12.50&status=1',
    expect: recorded({
      event: 'conversion',
      transactionId: 'A-100',
      status: 'approved',
      amount: '12.5',
      currency: 'USD',
    }),
  },
  {
    name: 'click_id, the other spelling',
    query: 'click_id=CLICKID&goal=install',
    expect: recorded({ event: 'install', status: 'approved' }),
  },
  {
    name: 'status 2, pending',
    query: 'clickid=CLICKID&action_id=7&status=2&sum=3',
    expect: recorded({ transactionId: '7', status: 'pending', amount: '3' }),
  },
  {
    name: 'status 3, declined',
    query: 'clickid=CLICKID&action_id=7&status=3&sum=3',
    expect: recorded({ transactionId: '7', status: 'rejected', amount: '3' }),
  },
  {
    name: 'status 5, on hold',
    query: 'clickid=CLICKID&action_id=7&status=5&sum=3',
    expect: recorded({ transactionId: '7', status: 'pending', amount: '3' }),
  },
  {
    name: 'a goal by its number',
    query: 'clickid=CLICKID&goal=3&action_id=9',
    expect: recorded({ event: '3', transactionId: '9' }),
  },
  {
    name: 'a goal that the integration names',
    query: 'clickid=CLICKID&goal=3',
    integration: { events: { '3': 'deposit' } },
    expect: recorded({ event: 'deposit' }),
  },
  {
    name: 'a goal whose case is folded',
    query: 'clickid=CLICKID&goal=First%20Deposit&sum=50.00&action_id=fd1',
    expect: recorded({ event: 'first deposit', transactionId: 'fd1', amount: '50' }),
  },
  {
    name: 'the secure code, the IP and custom fields are let pass',
    query:
      'clickid=CLICKID&sum=1&ip=203.0.113.9&secure=6b1b36cbb04b41490bfc0ab2bfa26f86&custom_field1=x&custom_field7=y+z&promo_code=P10&referrer=https%3A%2F%2Fshop.example%2F%3Fa%3Db',
    expect: recorded({ amount: '1' }),
  },
  {
    name: 'a comment with signs of its own',
    query: 'clickid=CLICKID&sum=2&comment=50%25+off%21&user_id=u%2B1',
    expect: recorded({ amount: '2' }),
  },
  {
    name: 'names in mixed case',
    query: 'ClickID=CLICKID&Action_ID=7&Sum=3.30&Status=1&Goal=Reg',
    expect: recorded({ event: 'reg', transactionId: '7', status: 'approved', amount: '3.3' }),
  },
  {
    name: 'a status in words',
    query: 'clickid=CLICKID&status=Declined',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'Hold in words',
    query: 'clickid=CLICKID&status=hold&sum=9',
    expect: recorded({ status: 'pending', amount: '9' }),
  },

  // Affise itself.
  {
    name: "an affiliate's postback: {sub1}, {sum}, {transactionid}, {goal}, {status} and {currency} replaced",
    query: 'clickid=CLICKID&sum=4.75&action_id=A-100&goal=install&status=1&currency=EUR',
    expect: recorded({ event: 'install', transactionId: 'A-100', status: 'approved', amount: '4.75', currency: 'EUR' }),
  },
  {
    name: 'the same once the advertiser took it back',
    query: 'clickid=CLICKID&sum=4.75&action_id=A-100&goal=install&status=3&currency=EUR',
    expect: recorded({ event: 'install', transactionId: 'A-100', status: 'rejected', amount: '4.75', currency: 'EUR' }),
  },
  {
    name: 'an advertiser that sends no action ID: the macro became nothing',
    query: 'clickid=CLICKID&sum=4.75&action_id=&goal=1&status=2&currency=usd',
    expect: recorded({ event: '1', status: 'pending', amount: '4.75', currency: 'USD' }),
  },
  {
    name: 'by POST, as a form',
    method: 'POST',
    headers: form,
    body: 'clickid=CLICKID&sum=4.75&goal=install&status=1&currency=USD',
    expect: recorded({ event: 'install', status: 'approved', amount: '4.75', currency: 'USD' }),
  },
  {
    name: 'our names beside those of Affise',
    query: 'clickid=CLICKID&amount=4.75&txid=A-101&event=install&offerid=132005&geo=DE',
    expect: recorded({ event: 'install', transactionId: 'A-101', amount: '4.75' }),
  },

  // The wrong ones.
  {
    name: '{clickid} is no macro of an affiliate postback',
    query: 'clickid={clickid}&sum=4',
    expect: rejected('MACRO_UNREPLACED', '{clickid}', '{sub1}'),
  },
  {
    name: '{payout}: Affise says {sum}',
    query: 'clickid=CLICKID&sum={payout}',
    expect: rejected('MACRO_UNREPLACED', '"sum"', '{payout}', '{sum}'),
  },
  {
    name: '{transaction_id}: Affise says {transactionid}',
    query: 'clickid=CLICKID&sum=4&action_id={transaction_id}',
    expect: rejected('MACRO_UNREPLACED', '"action_id"', '{transaction_id}', '{transactionid}'),
  },
  {
    name: "the advertiser's macro stayed, encoded",
    query: 'clickid=CLICKID&action_id=%7Badv-macro-for-action-id%7D',
    expect: rejected('MACRO_UNREPLACED', '"action_id"', '{adv-macro-for-action-id}'),
  },
  {
    name: 'status 6, which Affise has not',
    query: 'clickid=CLICKID&status=6&sum=1',
    expect: rejected('STATUS_UNKNOWN', '"status"', '6'),
  },
  {
    name: 'a sum with a comma',
    query: 'clickid=CLICKID&sum=12%2C50&status=1',
    expect: rejected('AMOUNT_INVALID', '"sum"', '12,50'),
  },
  {
    name: 'a sum below zero, from a network that was not allowed corrections',
    query: 'clickid=CLICKID&sum=-12.50&status=1',
    expect: rejected('AMOUNT_INVALID', '"sum"', '-12.50'),
  },
  {
    name: 'a conversion that its advertiser does not know',
    query: 'clickid=CLICKID&action_id=9&sum=3&status=4',
    expect: recorded({ transactionId: '9', status: 'rejected', amount: '3' }),
  },
  {
    name: 'two click IDs in one parameter',
    query: 'clickid=aaa&clickid=bbb&sum=1',
    expect: rejected('PARAMETER_CONFLICT', '"clickid"'),
  },
  {
    name: 'no click ID',
    query: 'sum=12.50&status=1&goal=1',
    expect: rejected('CLICK_ID_MISSING', 'clickid={sub1}'),
  },
  {
    name: "Affise's own click ID of 24 symbols",
    query: 'clickid=5f8d0d55b54764421b7156c9&sum=1',
    expect: rejected('CLICK_ID_MALFORMED', '"clickid"'),
  },
];
