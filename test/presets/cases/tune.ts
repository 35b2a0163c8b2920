import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  {
    name: 'a goal, on the path that TUNE gives goals',
    path: '/aff_goal',
    query: 'a=lsr&goal_id=2&transaction_id=CLICKID&amount=5',
    expect: recorded({ event: '2', status: 'approved', amount: '5' }),
  },
  // Advertisers whose URL was written for a TUNE network.
  {
    name: 'the postback of an offer',
    query: 'offer_id=26&transaction_id=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'the global one, with amount and order',
    query: 'transaction_id=CLICKID&amount=49.90&adv_sub=ORDER-1001',
    expect: recorded({ transactionId: 'ORDER-1001', amount: '49.9', currency: 'USD' }),
  },
  {
    name: 'a goal',
    query: 'a=lsr&goal_id=2&transaction_id=CLICKID&amount=120',
    expect: recorded({ event: '2', amount: '120' }),
  },
  {
    name: 'a goal that the integration names',
    query: 'goal_id=2&transaction_id=CLICKID',
    integration: { events: { '2': 'deposit' } },
    expect: recorded({ event: 'deposit' }),
  },
  {
    name: 'all advertiser sub IDs',
    query: 'transaction_id=CLICKID&adv_sub=900&adv_sub2=gold&adv_sub3=x+y&adv_sub4=&adv_sub5=%7C&adv_unique1=7',
    expect: recorded({ transactionId: '900' }),
  },
  {
    name: 'the unique ID that TUNE knows repeats by',
    query: 'offer_id=2391&transaction_id=CLICKID&conversion_unique_id=2026-77',
    expect: recorded({ transactionId: '2026-77' }),
  },
  {
    name: 'both: the order counts, and is said',
    query: 'transaction_id=CLICKID&adv_sub=900&conversion_unique_id=2026-77',
    expect: recorded({ transactionId: '900' }, 'ALIAS_IGNORED'),
  },
  {
    name: "TUNE's security token is let pass",
    query: 'transaction_id=CLICKID&amount=5&security_token=7ab20d21771b1e81bc5bae84cc89b913',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'the status pending',
    query: 'transaction_id=CLICKID&status=pending&amount=5',
    expect: recorded({ status: 'pending', amount: '5' }),
  },
  {
    name: 'the status rejected',
    query: 'transaction_id=CLICKID&status=rejected',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'the status approved, in capitals',
    query: 'transaction_id=CLICKID&status=APPROVED',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'format and mobile parameters are let pass',
    query:
      'transaction_id=CLICKID&format=json&google_aid=38400000-8cf0-11bd-b23e-10b96e40000d&ios_ifa=&promo_code=SAVE10',
    expect: recorded({ event: 'conversion' }),
  },
  {
    name: 'names in mixed case',
    query: 'Transaction_ID=CLICKID&Amount=5.00&Adv_Sub=9',
    expect: recorded({ transactionId: '9', amount: '5' }),
  },
  {
    name: 'revenue and payout of the advertiser: amount counts',
    query: 'transaction_id=CLICKID&amount=100&payout=60',
    expect: recorded({ amount: '100' }, 'ALIAS_IGNORED'),
  },

  // TUNE itself.
  {
    name: "a partner's postback: {aff_sub}, {payout} and {transaction_id} replaced",
    query: 'transaction_id=CLICKID&amount=3.50&adv_sub=1027c887059b47bc69c699f45466b9',
    expect: recorded({ transactionId: '1027c887059b47bc69c699f45466b9', status: 'approved', amount: '3.5' }),
  },
  {
    name: 'the click ID as aff_sub',
    query: 'aff_sub=CLICKID&payout=3.50',
    expect: recorded({ amount: '3.5' }),
  },
  {
    name: 'the click ID as aff_click_id, which TUNE recommends',
    query: 'aff_click_id=CLICKID&payout=3.50&offer_id=1001&aff_id=2002',
    expect: recorded({ amount: '3.5' }),
  },
  {
    name: "our click ID beside TUNE's own",
    query: 'clickid=CLICKID&payout=3.50&transaction_id=1027c887059b47bc69c699f45466b9',
    expect: recorded({ amount: '3.5' }),
  },
  {
    name: 'a goal in the URL of a goal',
    query: 'clickid=CLICKID&payout=1&goal_id=12&adv_sub=x9',
    expect: recorded({ event: '12', transactionId: 'x9', amount: '1' }),
  },

  // The wrong ones.
  {
    name: 'TRANSACTION_ID of the manual stayed',
    query: 'offer_id=26&transaction_id=TRANSACTION_ID',
    expect: rejected('MACRO_UNREPLACED', '"transaction_id"', 'TRANSACTION_ID', '{aff_sub}'),
  },
  {
    name: '{aff_sub1}: the first has no number',
    query: 'transaction_id={aff_sub1}&amount=3',
    expect: rejected('MACRO_UNREPLACED', '{aff_sub1}', '{aff_sub}'),
  },
  {
    name: '{amount} is no macro for the payout',
    query: 'aff_sub=CLICKID&amount={amount}',
    expect: rejected('MACRO_UNREPLACED', '"amount"', '{amount}', '{payout}'),
  },
  {
    name: 'a macro of an app tracker',
    query: 'transaction_id=CLICKID&goal_id=3&adv_sub=%7Bdevice_ip%7D',
    expect: rejected('MACRO_UNREPLACED', '"adv_sub"', '{device_ip}'),
  },
  {
    name: 'an amount with a comma, which TUNE takes for 0.00',
    query: 'transaction_id=CLICKID&amount=1,234.50',
    expect: rejected('AMOUNT_INVALID', '"amount"', '1,234.50'),
  },
  {
    name: 'an amount with its currency',
    query: 'transaction_id=CLICKID&amount=49.90+USD',
    expect: rejected('AMOUNT_INVALID', '"amount"'),
  },
  {
    name: 'a status that TUNE has not',
    query: 'transaction_id=CLICKID&status=declined',
    expect: rejected('STATUS_UNKNOWN', '"status"', 'declined'),
  },
  {
    name: 'no transaction ID',
    query: 'offer_id=26&amount=5',
    expect: rejected('CLICK_ID_MISSING', 'transaction_id={aff_sub}'),
  },
  {
    name: 'an incomplete transaction ID',
    query: 'offer_id=26&transaction_id=1027c887059b47b',
    expect: rejected('CLICK_ID_MALFORMED', '"transaction_id"'),
  },
];
