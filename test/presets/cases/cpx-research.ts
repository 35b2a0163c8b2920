import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  {
    name: 'a finished survey',
    query:
      'status=1&trans_id=88123&subid_1=CLICKID&amount_local=850&amount_usd=0.85&type=complete&ip_click=203.0.113.9',
    expect: recorded({
      event: 'conversion',
      transactionId: '88123',
      status: 'approved',
      amount: '0.85',
      currency: 'USD',
    }),
  },
  {
    name: 'a screen-out that is paid a little: its type is no event',
    query: 'status=1&trans_id=88124&subid_1=CLICKID&amount_usd=0.02&type=out',
    expect: recorded({ event: 'conversion', transactionId: '88124', status: 'approved', amount: '0.02' }),
  },
  {
    name: 'a bonus',
    query: 'status=1&trans_id=88125&subid_1=CLICKID&amount_usd=0.01&type=bonus',
    expect: recorded({ event: 'conversion', amount: '0.01' }),
  },
  {
    name: 'the click ID in the second sub ID',
    query: 'status=1&trans_id=88126&subid_1=wall-3&subid_2=CLICKID&amount_usd=1.10',
    expect: recorded({ transactionId: '88126', amount: '1.1' }),
  },
  {
    name: 'the amount of the app’s own points is let pass',
    query: 'status=1&trans_id=88127&subid_1=CLICKID&amount_local=1200&amount_usd=1.20&user_id=77',
    expect: recorded({ amount: '1.2' }),
  },
  {
    name: 'a chargeback whose survey was not seen',
    query: 'status=2&trans_id=88128&subid_1=CLICKID&amount_usd=0.85&type=out',
    expect: recorded({ transactionId: '88128', status: 'reversed' }),
  },
  {
    name: 'the hash and the offer are let pass',
    query:
      'status=1&trans_id=88129&subid_1=CLICKID&amount_usd=0.40&offer_id=9912&hash=0cc175b9c0f1b6a831c399e269772661',
    expect: recorded({ transactionId: '88129', amount: '0.4' }),
  },
  {
    name: 'our names in its URL',
    query: 'clickid=CLICKID&amount=0.85&txid=88130&status=1',
    expect: recorded({ transactionId: '88130', status: 'approved', amount: '0.85' }),
  },
  {
    name: 'the URL was pasted where nothing is replaced',
    query: 'status={status}&trans_id={trans_id}&subid_1={subid_1}&amount_usd={amount_usd}',
    expect: rejected('MACRO_UNREPLACED', '{subid_1}'),
  },
  {
    name: 'a status that is none',
    query: 'status=3&trans_id=88131&subid_1=CLICKID&amount_usd=0.85',
    expect: rejected('STATUS_UNKNOWN', '"status"', '3'),
  },
];
