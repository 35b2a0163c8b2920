import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  // Senders whose URL was written for a RedTrack domain.
  {
    name: 'click ID and sum, as the offer source prints them',
    query: 'clickid=CLICKID&sum=10.50',
    expect: recorded({ event: 'conversion', status: 'approved', amount: '10.5', currency: 'USD' }),
  },
  {
    name: 'a conversion type, whose case is folded',
    query: 'clickid=CLICKID&sum=100&type=Deposit',
    expect: recorded({ event: 'deposit', amount: '100' }),
  },
  {
    name: 'a type of two words',
    query: 'clickid=CLICKID&sum=0&type=Initial+Checkout',
    expect: recorded({ event: 'initial checkout', amount: '0' }),
  },
  {
    name: 'the same with %20',
    query: 'clickid=CLICKID&type=Add%20To%20Cart',
    expect: recorded({ event: 'add to cart' }),
  },
  {
    name: 'with an event ID to know repeats by',
    query: 'clickid=CLICKID&sum=49.00&type=Purchase&rdtk_event_id=ORD-7781',
    expect: recorded({ event: 'purchase', transactionId: 'ORD-7781', amount: '49' }),
  },
  {
    name: 'the status Approved',
    query: 'clickid=CLICKID&sum=5&status=Approved',
    expect: recorded({ status: 'approved', amount: '5' }),
  },
  {
    name: 'the status Pending',
    query: 'clickid=CLICKID&sum=5&status=Pending',
    expect: recorded({ status: 'pending', amount: '5' }),
  },
  {
    name: 'the status Declined',
    query: 'clickid=CLICKID&sum=5&status=Declined',
    expect: recorded({ status: 'rejected', amount: '5' }),
  },
  {
    name: 'the status Other counts',
    query: 'clickid=CLICKID&sum=5&status=other',
    expect: recorded({ status: 'approved', amount: '5' }),
  },
  {
    name: 'sub parameters are let pass',
    query: 'clickid=CLICKID&sum=5&sub1=src&sub2=&sub20=z%26y',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'a currency beside the sum',
    query: 'clickid=CLICKID&sum=5.99&currency=gbp',
    expect: recorded({ amount: '5.99', currency: 'GBP' }),
  },
  {
    name: 'names in mixed case',
    query: 'ClickId=CLICKID&Sum=5&Type=Lead&Status=APPROVED',
    expect: recorded({ event: 'lead', status: 'approved', amount: '5' }),
  },
  {
    name: 'type and status together',
    query: 'clickid=CLICKID&sum=25&type=Lead&status=pending&rdtk_event_id=L1',
    expect: recorded({ event: 'lead', transactionId: 'L1', status: 'pending', amount: '25' }),
  },
  {
    name: 'a sum of nothing',
    query: 'clickid=CLICKID&sum=0.00&type=ViewContent',
    expect: recorded({ event: 'viewcontent', amount: '0' }),
  },

  // RedTrack itself.
  {
    name: "a partner's postback: {ref_id} replaced, the payout under its own name",
    query: 'clickid=CLICKID&payout=7.25',
    expect: recorded({ event: 'conversion', status: 'approved', amount: '7.25' }),
  },
  {
    name: 'the same with sum and a transaction ID',
    query: 'clickid=CLICKID&sum=7.25&txid=rt-19&event=Sale',
    expect: recorded({ event: 'sale', transactionId: 'rt-19', amount: '7.25' }),
  },
  {
    name: 'sum and payout that differ: the sum counts',
    query: 'clickid=CLICKID&sum=7&payout=9',
    expect: recorded({ amount: '7' }, 'ALIAS_IGNORED'),
  },

  // The wrong ones.
  {
    name: "{clickid} would be RedTrack's own click, and was not replaced",
    query: 'clickid={clickid}&sum=5',
    expect: rejected('MACRO_UNREPLACED', '{clickid}', '{ref_id}'),
  },
  {
    name: "the network's placeholder stayed",
    query: 'clickid={aff_sub}&type=Deposit',
    expect: rejected('MACRO_UNREPLACED', '{aff_sub}', '{ref_id}'),
  },
  {
    name: '{replace} stayed where the event ID belongs',
    query: 'clickid=CLICKID&sum=5&rdtk_event_id={replace}',
    expect: rejected('MACRO_UNREPLACED', '"rdtk_event_id"', '{replace}'),
  },
  {
    name: 'a sum with a comma',
    query: 'clickid=CLICKID&sum=1,250.00',
    expect: rejected('AMOUNT_INVALID', '"sum"', '1,250.00'),
  },
  {
    name: 'a sum with a sign',
    query: 'clickid=CLICKID&sum=%E2%82%AC5',
    expect: rejected('AMOUNT_INVALID', '"sum"'),
  },
  {
    name: 'a status that RedTrack has not',
    query: 'clickid=CLICKID&sum=5&status=confirmed',
    expect: rejected('STATUS_UNKNOWN', '"status"', 'confirmed'),
  },
  {
    name: 'a currency by its sign',
    query: 'clickid=CLICKID&sum=5&currency=%24',
    expect: rejected('CURRENCY_INVALID', '"currency"'),
  },
  {
    name: 'no click ID',
    query: 'sum=5&type=Purchase',
    expect: rejected('CLICK_ID_MISSING', 'clickid={ref_id}'),
  },
  {
    name: 'a click ID that was cut',
    query: 'clickid=14v0k8q2w6zj3n5x&sum=5',
    expect: rejected('CLICK_ID_MALFORMED', '"clickid"'),
  },
];
