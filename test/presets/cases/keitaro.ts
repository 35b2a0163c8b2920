import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  // Networks whose URL was written for a Keitaro tracker.
  {
    name: 'the postback of a network',
    query: 'subid=CLICKID&status=sale&payout=21.0&tid=52949935',
    expect: recorded({
      event: 'conversion',
      transactionId: '52949935',
      status: 'approved',
      amount: '21',
      currency: 'USD',
    }),
  },
  {
    name: 'a lead, not yet paid',
    query: 'subid=CLICKID&status=lead&payout=10&currency=EUR',
    expect: recorded({ status: 'pending', amount: '10', currency: 'EUR' }),
  },
  {
    name: 'a rejected one',
    query: 'subid=CLICKID&status=rejected',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'a rebill, with a number of its own',
    query: 'subid=CLICKID&status=rebill&payout=15&tid=2',
    expect: recorded({ transactionId: '2', status: 'approved', amount: '15' }),
  },
  {
    name: 'no status: a sale',
    query: 'subid=CLICKID&payout=30',
    expect: recorded({ status: 'approved', amount: '30' }),
  },
  {
    name: 'revenue in place of payout',
    query: 'subid=CLICKID&status=sale&revenue=33.30',
    expect: recorded({ status: 'approved', amount: '33.3' }),
  },
  {
    name: 'payout and revenue that differ: the payout counts',
    query: 'subid=CLICKID&payout=10&revenue=12',
    expect: recorded({ amount: '10' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'a currency in small letters',
    query: 'subid=CLICKID&status=sale&payout=1500&currency=rub&from=M1-shop.ru',
    expect: recorded({ amount: '1500', currency: 'RUB' }),
  },
  {
    name: 'statuses taught in the URL, which the integration knows',
    query:
      'subid=CLICKID&status=billed&payout=5&lead_status=reg,topup&sale_status=billed&rejected_status=canceled,fake',
    integration: { statuses: { billed: 'approved', reg: 'pending', canceled: 'rejected' } },
    expect: recorded({ status: 'approved', amount: '5' }),
  },
  {
    name: 'the same network: a registration',
    query: 'subid=CLICKID&status=reg&lead_status=reg,topup&sale_status=billed',
    integration: { statuses: { billed: 'approved', reg: 'pending' } },
    expect: recorded({ status: 'pending' }),
  },
  {
    name: 'sub IDs, cost and the answer asked for are let pass',
    query: 'subid=CLICKID&payout=5&cost=0.4&sub_id_1=a&sub_id_15=b%20c&return=OK',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'names and words in capitals',
    query: 'SubId=CLICKID&Status=SALE&Payout=5.50&Tid=9&Currency=USD',
    expect: recorded({ transactionId: '9', status: 'approved', amount: '5.5', currency: 'USD' }),
  },

  // Keitaro itself.
  {
    name: "Keitaro's postback by GET, all replaced",
    query: 'subid=CLICKID&payout=12.50&tid=1&status=sale&currency=EUR',
    expect: recorded({ transactionId: '1', status: 'approved', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: 'the same before there is a transaction: {tid} became nothing',
    query: 'subid=CLICKID&payout=0&tid=&status=lead&currency=USD',
    expect: recorded({ status: 'pending', amount: '0' }),
  },
  {
    name: 'the same by POST, as a form',
    method: 'POST',
    headers: form,
    body: 'subid=CLICKID&payout=12.50&tid=1&status=rejected&currency=EUR',
    expect: recorded({ transactionId: '1', status: 'rejected', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: 'by POST, with the parameters in the URL',
    method: 'POST',
    query: 'subid=CLICKID&payout=12.50&status=sale',
    expect: recorded({ status: 'approved', amount: '12.5' }),
  },
  {
    name: 'our names, with the status translated in the macro',
    query: 'clickid=CLICKID&amount=12.50&status=approved&event=Install',
    expect: recorded({ event: 'install', status: 'approved', amount: '12.5' }),
  },
  {
    name: 'a payout of four digits after the point',
    query: 'subid=CLICKID&payout=0.0125&status=sale',
    expect: recorded({ amount: '0.0125' }, 'AMOUNT_PRECISION'),
  },

  // The wrong ones.
  {
    name: '{subid} was pasted into the postback of the campaign',
    query: 'subid={subid}&payout=5',
    expect: rejected('MACRO_UNREPLACED', '{subid}', '{external_id}'),
  },
  {
    name: "a network's macros that were not replaced, as a tracker logged them",
    query:
      'subid=%7Bsubacc4%7D&payout=%7Brevenue%7D&status=%7Bstatus%7D&tid=%7Btrans_id%7D&from=adcombo.com&lead_status=hold&sale_status=lead&rejected_status=reject',
    expect: rejected('MACRO_UNREPLACED', '"subid"', '{subacc4}', '{external_id}'),
  },
  {
    name: '{payout}: Keitaro says {revenue}',
    query: 'subid=CLICKID&payout={payout}',
    expect: rejected('MACRO_UNREPLACED', '"payout"', '{payout}', '{revenue}'),
  },
  {
    name: 'a word of the network that the URL maps',
    query: 'subid=CLICKID&status=confirmed&payout=21.0&lead_status=hold&sale_status=confirmed',
    expect: recorded({ status: 'approved', amount: '21' }),
  },
  {
    name: 'numbers of the network that the URL maps, several to one status',
    query: 'subid=CLICKID&status=5&payout=21.0&lead_status=2,5&sale_status=1&rejected_status=3',
    expect: recorded({ status: 'pending', amount: '21' }),
  },
  {
    name: 'a word of the network that the URL ignores',
    query: 'subid=CLICKID&status=ping&ignore_status=ping,test',
    expect: { status: 200, result: 'ignored', reason: 'OK_IGNORED' },
  },
  {
    name: 'a lead that was thrown away',
    query: 'subid=CLICKID&status=trash&tid=7',
    expect: recorded({ transactionId: '7', status: 'rejected' }),
  },
  {
    name: 'a word of the network that nobody mapped',
    query: 'subid=CLICKID&status=confirmed&payout=21.0&lead_status=hold&sale_status=paid',
    expect: rejected('STATUS_UNKNOWN', '"status"', 'confirmed', '{"confirmed": "approved"}'),
  },
  {
    name: 'a payout with a comma',
    query: 'subid=CLICKID&payout=21,0',
    expect: rejected('AMOUNT_INVALID', '"payout"', '21,0'),
  },
  {
    name: 'a currency that ISO gave up for another',
    query: 'subid=CLICKID&payout=5&currency=rur',
    expect: recorded({ amount: '5', currency: 'RUB' }),
  },
  {
    name: 'two statuses',
    query: 'subid=CLICKID&status=lead&status=sale',
    expect: rejected('PARAMETER_CONFLICT', '"status"'),
  },
  {
    name: 'no subid',
    query: 'status=sale&payout=5&tid=1',
    expect: rejected('CLICK_ID_MISSING', 'subid={external_id}'),
  },
  {
    name: "Keitaro's own subid",
    query: 'subid=51ts6sgr1cbkdhljnrv&payout=21.0',
    expect: rejected('CLICK_ID_MALFORMED', '"subid"'),
  },
];
