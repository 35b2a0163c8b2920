import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  // Senders whose URL was written for a Voluum tracker.
  {
    name: 'the template as Voluum prints it, filled in',
    query: 'cid=CLICKID&payout=10.00&txid=120&currency=EUR&et=purchase&param1=&param2=&param3=&param4=&param5=',
    expect: recorded({ event: 'purchase', transactionId: '120', status: 'approved', amount: '10', currency: 'EUR' }),
  },
  {
    name: 'the click ID alone: cid is all that Voluum asks for',
    query: 'cid=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'a sign-up step with a txid in words',
    query: 'cid=CLICKID&payout=1.00&txid=SIGNUP',
    expect: recorded({ event: 'conversion', transactionId: 'SIGNUP', amount: '1', currency: 'USD' }),
  },
  {
    name: 'a step that pays nothing',
    query: 'cid=CLICKID&payout=0.00&txid=NEWSLETTER',
    expect: recorded({ transactionId: 'NEWSLETTER', amount: '0' }),
  },
  {
    name: 'a custom conversion, whose case is folded',
    query: 'cid=CLICKID&payout=2&txid=991&et=Install',
    expect: recorded({ event: 'install', transactionId: '991', amount: '2' }),
  },
  {
    name: 'a custom conversion of two words, with a plus',
    query: 'cid=CLICKID&et=First+Deposit&payout=55.5',
    expect: recorded({ event: 'first deposit', amount: '55.5' }),
  },
  {
    name: 'a custom conversion of two words, with %20',
    query: 'cid=CLICKID&et=First%20Deposit&payout=55.50',
    expect: recorded({ event: 'first deposit', amount: '55.5' }),
  },
  {
    name: 'custom parameters are let pass',
    query: 'cid=CLICKID&payout=7&param1=camp-1&param2=creative%2F9&param3=a%26b',
    expect: recorded({ amount: '7' }),
  },
  {
    name: 'a URL with the names in capitals',
    query: 'CID=CLICKID&Payout=12.50&TxId=A-1&Currency=usd',
    expect: recorded({ transactionId: 'A-1', amount: '12.5', currency: 'USD' }),
  },
  {
    name: 'the parameters of an empty template stay empty',
    query: 'cid=CLICKID&payout=&txid=&currency=&et=',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: '"&currency" that an HTML page had turned into one letter',
    query: 'cid=CLICKID&payout=10.00&txid=T1%C2%A4cy=EUR',
    expect: recorded({ transactionId: 'T1', amount: '10', currency: 'EUR' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'a JPY payout without decimals',
    query: 'cid=CLICKID&payout=1500&currency=JPY&txid=jp-7',
    expect: recorded({ transactionId: 'jp-7', amount: '1500', currency: 'JPY' }),
  },

  // Voluum itself.
  {
    name: 'what Voluum sends to a traffic source: {externalid} replaced',
    method: 'GET',
    query: 'cid=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'the same by POST, with the parameters in the URL',
    method: 'POST',
    query: 'cid=CLICKID&payout=3.20&et=lead',
    expect: recorded({ event: 'lead', amount: '3.2' }),
  },
  {
    name: 'the same by POST, as a form',
    method: 'POST',
    headers: form,
    body: 'cid=CLICKID&payout=3.20&txid=v-88&et=lead',
    expect: recorded({ event: 'lead', transactionId: 'v-88', amount: '3.2', currency: 'USD' }),
  },
  {
    name: "the names that we print beside Voluum's own",
    query: 'clickid=CLICKID&amount=4&event=lead&status=pending',
    expect: recorded({ event: 'lead', status: 'pending', amount: '4' }),
  },
  {
    name: 'payout and amount that differ: the first name counts',
    query: 'cid=CLICKID&payout=10&amount=12',
    expect: recorded({ amount: '10' }, 'ALIAS_IGNORED'),
  },

  // The wrong ones.
  {
    name: 'REPLACE was left where the click ID belongs',
    query: 'cid=REPLACE&payout=10&txid=1',
    expect: rejected('MACRO_UNREPLACED', '"cid"', 'REPLACE', '{externalid}'),
  },
  {
    name: 'OPTIONAL was left where the payout belongs',
    query: 'cid=CLICKID&payout=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', '"payout"', 'OPTIONAL'),
  },
  {
    name: "{clickid} is a token of Voluum's offer URL, not of its postback",
    query: 'cid={clickid}&payout=10',
    expect: rejected('MACRO_UNREPLACED', '{clickid}', '{externalid}'),
  },
  {
    name: "a network's token that nobody replaced",
    query: 'cid=CLICKID&payout=10&txid=%5BORDER_ID%5D',
    expect: rejected('MACRO_UNREPLACED', '"txid"', '[ORDER_ID]'),
  },
  {
    name: 'a payout with a comma',
    query: 'cid=CLICKID&payout=10,50',
    expect: rejected('AMOUNT_INVALID', '"payout"', '10,50'),
  },
  {
    name: 'a payout with its currency',
    query: 'cid=CLICKID&payout=%2410.50',
    expect: rejected('AMOUNT_INVALID', '"payout"'),
  },
  {
    name: 'a currency that is none',
    query: 'cid=CLICKID&payout=10&currency=BTCX',
    expect: rejected('CURRENCY_INVALID', '"currency"', 'BTCX'),
  },
  {
    name: 'two payouts',
    query: 'cid=CLICKID&payout=10&payout=11',
    expect: rejected('PARAMETER_CONFLICT', '"payout"'),
  },
  {
    name: 'no click ID',
    query: 'payout=10&txid=120',
    expect: rejected('CLICK_ID_MISSING', 'cid={externalid}'),
  },
  {
    name: 'a click ID that was cut',
    query: 'cid=14v0k8q2w6zj3n5x&payout=10',
    expect: rejected('CLICK_ID_MALFORMED', '"cid"'),
  },
];
