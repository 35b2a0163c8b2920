import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  // Advertisers whose URL was written for an Everflow network.
  {
    name: 'the postback of a network',
    query: 'nid=23452&transaction_id=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'with the sale amount',
    query: 'nid=23452&transaction_id=CLICKID&amount=75',
    expect: recorded({ amount: '75', currency: 'USD' }),
  },
  {
    name: 'an order of a shop',
    query: 'nid=23452&transaction_id=CLICKID&amount=129.90&order_id=100045&email=&coupon_code=SAVE10',
    expect: recorded({ transactionId: '100045', amount: '129.9' }),
  },
  {
    name: 'an event by its number',
    query: 'nid=23452&transaction_id=CLICKID&event_id=17&amount=5',
    expect: recorded({ event: '17', amount: '5' }),
  },
  {
    name: "an event by the advertiser's number",
    query: 'nid=23452&transaction_id=CLICKID&adv_event_id=4',
    expect: recorded({ event: '4' }),
  },
  {
    name: 'event 0 is the base conversion',
    query: 'nid=23452&transaction_id=CLICKID&event_id=0',
    expect: recorded({ event: 'conversion' }),
  },
  {
    name: 'an event that the integration names',
    query: 'nid=23452&transaction_id=CLICKID&event_id=17',
    integration: { events: { '17': 'deposit' } },
    expect: recorded({ event: 'deposit' }),
  },
  {
    name: 'sub IDs of the advertiser and the verification token are let pass',
    query: 'nid=1&transaction_id=CLICKID&adv1=a&adv2=b+c&adv10=%2B&verification_token=9f8e7d&user_id=u-1',
    expect: recorded({ event: 'conversion' }),
  },
  {
    name: 'a currency beside the amount, as RudderStack sends it',
    query: 'nid=1&transaction_id=CLICKID&event_name=Order+Completed&order_id=order-123&amount=49.99&currency=USD',
    expect: recorded({ event: 'order completed', transactionId: 'order-123', amount: '49.99', currency: 'USD' }),
  },
  {
    name: 'names in mixed case',
    query: 'NID=1&Transaction_Id=CLICKID&Amount=5.00&Order_ID=X',
    expect: recorded({ transactionId: 'X', amount: '5' }),
  },
  {
    name: 'the base event by its name',
    query: 'nid=1&transaction_id=CLICKID&event_name=Base',
    expect: recorded({ event: 'conversion' }),
  },
  {
    name: 'an amount with a decimal comma, which the integration allows',
    query: 'nid=1&transaction_id=CLICKID&amount=12,34',
    integration: { decimalComma: true },
    expect: recorded({ amount: '12.34' }),
  },

  // Everflow itself.
  {
    name: "a partner's postback: {sub1}, {payout_amount}, {transaction_id} and {event_id} replaced",
    query: 'transaction_id=CLICKID&amount=42.00&order_id=56d75d3a4d6e433fb215698c056d0d58&event_id=0',
    expect: recorded({
      event: 'conversion',
      transactionId: '56d75d3a4d6e433fb215698c056d0d58',
      status: 'approved',
      amount: '42',
    }),
  },
  {
    name: 'the same for an event',
    query: 'transaction_id=CLICKID&amount=3.5&order_id=56d75d3a4d6e433fb215698c056d0d58&event_id=88',
    expect: recorded({ event: '88', transactionId: '56d75d3a4d6e433fb215698c056d0d58', amount: '3.5' }),
  },
  {
    name: 'our names, with the name of the event',
    query: 'clickid=CLICKID&payout=42&txid=ef-1&event=Free%20Trial',
    expect: recorded({ event: 'free trial', transactionId: 'ef-1', amount: '42' }),
  },
  {
    name: "our click ID beside Everflow's own",
    query: 'clickid=CLICKID&payout=42&transaction_id=56d75d3a4d6e433fb215698c056d0d5',
    expect: recorded({ amount: '42' }),
  },
  {
    name: 'a status that a hand-made URL carries',
    query: 'clickid=CLICKID&payout=42&status=rejected',
    expect: recorded({ status: 'rejected', amount: '42' }),
  },

  // The wrong ones.
  {
    name: '{Sub1}: macros are case-sensitive',
    query: 'transaction_id={Sub1}&amount=42',
    expect: rejected('MACRO_UNREPLACED', '{Sub1}', '{sub1}'),
  },
  {
    name: '{payout}: Everflow says {payout_amount}',
    query: 'transaction_id=CLICKID&amount={payout}',
    expect: rejected('MACRO_UNREPLACED', '"amount"', '{payout}', '{payout_amount}'),
  },
  {
    name: "TRANSACTION_ID of the advertiser's instructions stayed",
    query: 'nid=23452&transaction_id=TRANSACTION_ID&amount=AMOUNT',
    expect: rejected('MACRO_UNREPLACED', '"transaction_id"', 'TRANSACTION_ID', '{sub1}'),
  },
  {
    name: '{order_id} is empty of meaning in a partner postback, and comes as it stands',
    query: 'transaction_id=CLICKID&order_id=%7Border_id%7D',
    expect: rejected('MACRO_UNREPLACED', '"order_id"', '{order_id}', '{transaction_id}'),
  },
  {
    name: 'a payout with the digits of a float',
    query: 'transaction_id=CLICKID&amount=0.19949999999999998',
    expect: recorded({ amount: '0.1995' }, 'AMOUNT_ROUNDED'),
  },
  {
    name: 'an amount with a comma',
    query: 'nid=1&transaction_id=CLICKID&amount=12,34',
    expect: rejected('AMOUNT_INVALID', '"amount"', '12,34'),
  },
  {
    name: 'AMOUNT was never replaced',
    query: 'nid=1&transaction_id=CLICKID&amount=AMOUNT',
    expect: rejected('MACRO_UNREPLACED', '"amount"', 'AMOUNT'),
  },
  {
    name: 'a status that nobody mapped',
    query: 'clickid=CLICKID&status=invalid',
    expect: rejected('STATUS_UNKNOWN', '"status"', 'invalid'),
  },
  {
    name: 'a currency by its number',
    query: 'nid=1&transaction_id=CLICKID&amount=5&currency=840',
    expect: rejected('CURRENCY_INVALID', '"currency"', '840'),
  },
  {
    name: 'no transaction ID',
    query: 'nid=23452&amount=75&order_id=1',
    expect: rejected('CLICK_ID_MISSING', 'transaction_id={sub1}'),
  },
  {
    name: 'a transaction ID that was cut',
    query: 'nid=23452&transaction_id=14v0k8q2w6zj3n5x',
    expect: rejected('CLICK_ID_MALFORMED', '"transaction_id"'),
  },
];
