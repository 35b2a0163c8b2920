import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  {
    name: 'a word of its own that many senders use',
    query: 'cnv_id=CLICKID&payout=7&cnv_status=lead',
    expect: recorded({ status: 'pending', amount: '7' }),
  },
  {
    name: 'a chargeback in the free text',
    query: 'cnv_id=CLICKID&payout=7&cnv_status=Chargeback',
    expect: recorded({ status: 'reversed' }),
  },
  // Senders whose URL was written for a Binom tracker.
  {
    name: 'the postback of the settings page',
    query: 'cnv_id=CLICKID&payout=5',
    expect: recorded({ event: 'conversion', status: 'approved', amount: '5', currency: 'USD' }),
  },
  {
    name: 'with status and currency',
    query: 'cnv_id=CLICKID&payout=12.50&cnv_status=approve&cnv_currency=EUR',
    expect: recorded({ status: 'approved', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: 'a conversion on hold',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=Hold',
    expect: recorded({ status: 'pending', amount: '5' }),
  },
  {
    name: 'a rejected one',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=reject',
    expect: recorded({ status: 'rejected', amount: '5' }),
  },
  {
    name: 'our own word for a status',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=Pending',
    expect: recorded({ status: 'pending', amount: '5' }),
  },
  {
    name: 'TagadaPay: status 1, a paid order',
    query: 'cnv_id=CLICKID&payout=49.99&cnv_status=1&cnv_currency=USD',
    expect: recorded({ status: 'approved', amount: '49.99', currency: 'USD' }),
  },
  {
    name: 'status 2',
    query: 'cnv_id=CLICKID&payout=49.99&cnv_status=2',
    expect: recorded({ status: 'pending', amount: '49.99' }),
  },
  {
    name: 'status 3, trash',
    query: 'cnv_id=CLICKID&payout=49.99&cnv_status=3&cnv_currency=usd',
    expect: recorded({ status: 'rejected', amount: '49.99', currency: 'USD' }),
  },
  {
    name: 'the second status and the events of Binom are let pass',
    query: 'cnv_id=CLICKID&payout=5&cnv_status2=call%20centre&event1=1&event2=15&add_event3=2.5',
    expect: recorded({ event: 'conversion', status: 'approved', amount: '5' }),
  },
  {
    name: 'an offer number and a switched-off postback',
    query: 'cnv_id=CLICKID&payout=5.10&to_offer=2&disable_postback=1',
    expect: recorded({ amount: '5.1' }),
  },
  {
    name: 'the pixel of the settings page, with its cookie',
    query: 'cnv_id=CLICKID&payout=3&uclick=8f3k2m',
    expect: recorded({ amount: '3' }),
  },
  {
    name: 'the click ID in clickid, as version 2 is often written',
    query: 'clickid=CLICKID&payout=8.75&status=approve',
    expect: recorded({ status: 'approved', amount: '8.75' }),
  },
  {
    name: 'names in capitals',
    query: 'CNV_ID=CLICKID&PAYOUT=5&CNV_STATUS=APPROVE',
    expect: recorded({ status: 'approved', amount: '5' }),
  },
  {
    name: 'a status of the integration: signup',
    query: 'cnv_id=CLICKID&payout=2&cnv_status=signup',
    integration: { statuses: { signup: 'pending' } },
    expect: recorded({ status: 'pending', amount: '2' }),
  },
  {
    name: 'an event and a transaction ID under our names',
    query: 'cnv_id=CLICKID&payout=20&event=Deposit&txid=D-19',
    expect: recorded({ event: 'deposit', transactionId: 'D-19', amount: '20' }),
  },

  // Binom itself.
  {
    name: 'what Binom sends to a traffic source, all replaced',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=approve&cnv_currency=USD',
    expect: recorded({ status: 'approved', amount: '5', currency: 'USD' }),
  },
  {
    name: 'the same without a status: its token became nothing',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=&cnv_currency=',
    expect: recorded({ status: 'approved', amount: '5', currency: 'USD' }),
  },
  {
    name: 'a payout of many digits',
    query: 'cnv_id=CLICKID&payout=0.000125&cnv_currency=USD',
    expect: recorded({ amount: '0.000125', currency: 'USD' }, 'AMOUNT_PRECISION'),
  },

  // The wrong ones.
  {
    name: 'OPTIONAL of the conversion pixel',
    query: 'cnv_id=CLICKID&payout=OPTIONAL',
    expect: rejected('MACRO_UNREPLACED', '"payout"', 'OPTIONAL', '{payout}'),
  },
  {
    name: "{clickid} is a token of Binom's offer URL, not of its postback",
    query: 'cnv_id={clickid}&payout=5',
    expect: rejected('MACRO_UNREPLACED', '{clickid}', '{externalid}'),
  },
  {
    name: "the network's token was never changed",
    query: 'cnv_id=CLICKID&payout={PAYOUT_TOKEN}',
    expect: rejected('MACRO_UNREPLACED', '"payout"', '{PAYOUT_TOKEN}'),
  },
  {
    name: 'a status of the network that was not replaced, encoded',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=%7Bstatus%7D',
    expect: rejected('MACRO_UNREPLACED', '"cnv_status"', '{status}', '{cnv_status}'),
  },
  {
    name: 'a status that nobody mapped',
    query: 'cnv_id=CLICKID&payout=5&cnv_status=checkout',
    expect: rejected('STATUS_UNKNOWN', '"cnv_status"', 'checkout'),
  },
  {
    name: 'the word auto is for manual updates, not for postbacks',
    query: 'cnv_id=CLICKID&payout=auto',
    expect: rejected('AMOUNT_INVALID', '"payout"', 'auto'),
  },
  {
    name: 'a payout with a comma',
    query: 'cnv_id=CLICKID&payout=5%2C25',
    expect: rejected('AMOUNT_INVALID', '"payout"', '5,25'),
  },
  {
    name: 'no click ID',
    query: 'payout=5&cnv_status=approve',
    expect: rejected('CLICK_ID_MISSING', 'cnv_id={externalid}'),
  },
  {
    name: "Binom's own click ID, which is not ours",
    query: 'cnv_id=81e60haa86o0b7&payout=5',
    expect: rejected('CLICK_ID_MALFORMED', '"cnv_id"'),
  },
];
