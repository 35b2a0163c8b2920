import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  // Advertisers whose URL was written for a CAKE domain.
  {
    name: 'the postback of an offer',
    query: 'o=1001083&e=123&r=CLICKID&f=pb&t=a1b2c3',
    expect: recorded({ event: '123', transactionId: 'a1b2c3', status: 'approved' }),
  },
  {
    name: 'with the revenue',
    query: 'a=1&t=123456&r=CLICKID&f=pb&e=123&p=61.00',
    expect: recorded({ event: '123', transactionId: '123456', amount: '61', currency: 'USD' }),
  },
  {
    name: 'the commerce postback, with its line items and currency',
    query:
      'a=1&t=123456&r=CLICKID&f=pb&e=123&ecsk=123ABC^321CMS^987132&ecqu=1^2^3&ecpr=10.00^8.00^12.00&ecv=CA32X7&ecc=FF25^SHOES50OFF&eccu=USD&ecst=62.00&ectx=5.80&ecsh=5.00&ect=72.80&ecco=US&ecrg=CA&p=61.00',
    expect: recorded({ event: '123', transactionId: '123456', amount: '61', currency: 'USD' }),
  },
  {
    name: 'an order in another currency',
    query: 'o=769&e=9&r=CLICKID&f=pb&t=EU-4&eccu=eur&ect=69.80&p=61.50',
    expect: recorded({ event: '9', transactionId: 'EU-4', amount: '61.5', currency: 'EUR' }),
  },
  {
    name: 'without an offer: a global pixel',
    query: 'e=7&r=CLICKID',
    expect: recorded({ event: '7', status: 'approved' }),
  },
  {
    name: 'the request ID alone',
    query: 'r=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'the request ID by its long name',
    query: 'o=12&reqid=CLICKID&p=3',
    expect: recorded({ amount: '3' }),
  },
  {
    name: 'the newer URL: click_id and amount',
    query: 'click_id=CLICKID&amount=25.00&offer_id=42',
    expect: recorded({ amount: '25' }),
  },
  {
    name: 'names in capitals, as the manual writes them',
    query: 'O=12&E=4&R=CLICKID&F=PB&T=X-9&P=8.40',
    expect: recorded({ event: '4', transactionId: 'X-9', amount: '8.4' }),
  },
  {
    name: 'revenue beside the payout to the affiliate: the revenue counts, and the user ID is let pass',
    query: 'o=12&r=CLICKID&p=10&ap=6.50&u=visitor%40example',
    expect: recorded({ amount: '10' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'the payout to the affiliate alone, on the path of a CAKE domain',
    path: '/p.ashx',
    query: 'o=12&f=pb&t=L77&r=CLICKID&ap=12.34',
    expect: recorded({ event: 'conversion', transactionId: 'L77', status: 'approved', amount: '12.34' }),
  },
  {
    name: 'an event that the integration names',
    query: 'o=12&e=123&r=CLICKID&t=5',
    integration: { events: { '123': 'sale' } },
    expect: recorded({ event: 'sale', transactionId: '5' }),
  },
  {
    name: 'a pixel format that is not a postback says nothing here',
    query: 'o=12&r=CLICKID&f=img&t=5',
    expect: recorded({ transactionId: '5' }),
  },
  {
    name: 'a transaction ID with a blank, encoded both ways',
    query: 'o=12&r=CLICKID&t=ORDER%2017+B',
    expect: recorded({ transactionId: 'ORDER 17 B' }),
  },

  // CAKE itself.
  {
    name: "the affiliate's postback: #s2#, #price#, #leadid# and #utcunixtime# replaced",
    query: 'r=CLICKID&p=14.00&t=6A1F09C3&timestamp=1748779200',
    expect: recorded({ event: 'conversion', transactionId: '6A1F09C3', status: 'approved', amount: '14' }),
  },
  {
    name: 'the same with a price of nothing and no event',
    query: 'r=CLICKID&p=0&t=6A1F09C4&e=',
    expect: recorded({ event: 'conversion', transactionId: '6A1F09C4', amount: '0' }),
  },
  {
    name: 'the same with our names',
    query: 'clickid=CLICKID&amount=14.00&txid=6A1F09C5&event=lead',
    expect: recorded({ event: 'lead', transactionId: '6A1F09C5', amount: '14' }),
  },
  {
    name: 'a status, which a hand-made URL may carry',
    query: 'r=CLICKID&p=14&t=1&status=Pending',
    expect: recorded({ status: 'pending', amount: '14' }),
  },

  // The wrong ones.
  {
    name: '#reqid# is a token of the offer link, not of the postback',
    query: 'r=%23reqid%23&p=14',
    expect: rejected('MACRO_UNREPLACED', '"r"', '#reqid#', '#s2#'),
  },
  {
    name: '#s2# itself was not replaced',
    query: 'r=%23s2%23&p=14',
    expect: rejected('MACRO_UNREPLACED', '"r"', '#s2#'),
  },
  {
    name: '{s2}: CAKE writes hashes',
    query: 'r={s2}&p=14',
    expect: rejected('MACRO_UNREPLACED', '{s2}', '#s2#'),
  },
  {
    name: '{payout}: CAKE says #price#',
    query: 'r=CLICKID&p={payout}',
    expect: rejected('MACRO_UNREPLACED', '"p"', '{payout}', '#price#'),
  },
  {
    name: 'REPLACE of the newer URL',
    query: 'click_id=REPLACE&amount=25',
    expect: rejected('MACRO_UNREPLACED', '"click_id"', 'REPLACE', '#s2#'),
  },
  {
    name: 'a price with a sign',
    query: 'r=CLICKID&p=%2414.00',
    expect: rejected('AMOUNT_INVALID', '"p"'),
  },
  {
    name: 'a price with a comma',
    query: 'r=CLICKID&p=14,00',
    expect: rejected('AMOUNT_INVALID', '"p"', '14,00'),
  },
  {
    name: 'Scrubbed is no status of ours until the integration says so',
    query: 'r=CLICKID&status=scrubbed',
    expect: rejected('STATUS_UNKNOWN', '"status"', 'scrubbed'),
  },
  {
    name: 'a time without its zone and in words',
    query: 'r=CLICKID&p=1&timestamp=yesterday',
    expect: recorded({ amount: '1' }, 'TIMESTAMP_UNREAD'),
  },
  {
    name: 'no request ID',
    query: 'o=1001083&e=123&t=a1b2c3&f=pb',
    expect: rejected('CLICK_ID_MISSING', 'r=#s2#'),
  },
  {
    name: "CAKE's own request ID, a number",
    query: 'o=12&r=25566&f=pb',
    expect: rejected('CLICK_ID_MALFORMED', '"r"'),
  },
];
