import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  {
    name: 'a bounced eCheck, in the word of its notifications',
    query: 'tid=CLICKID&amount=37.25&txid=ABCD1234&status=INSF&currency=USD',
    expect: recorded({ transactionId: 'ABCD1234', status: 'reversed' }),
  },
  {
    name: 'a rebill, in the word of its notifications',
    query: 'tid=CLICKID&amount=12&txid=ABCD1234-B003&event=BILL',
    expect: recorded({ event: 'rebill', transactionId: 'ABCD1234-B003', status: 'approved', amount: '12' }),
  },
  {
    name: 'a sale',
    query: 'tid=CLICKID&amount=37.25&txid=ABCD1234&event=sale&currency=USD',
    expect: recorded({
      event: 'sale',
      transactionId: 'ABCD1234',
      status: 'approved',
      amount: '37.25',
      currency: 'USD',
    }),
  },
  {
    name: 'the tracking ID alone',
    query: 'tid=CLICKID',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'an order form impression',
    query: 'tid=CLICKID&event=impression&amount=0',
    expect: recorded({ event: 'impression', amount: '0' }),
  },
  {
    name: 'an upsell with its own order',
    query: 'tid=CLICKID&amount=18.10&txid=ABCD1234-B&event=Upsell',
    expect: recorded({ event: 'upsell', transactionId: 'ABCD1234-B', amount: '18.1' }),
  },
  {
    name: 'a rebill',
    query: 'tid=CLICKID&amount=12&txid=ABCD1234-B002&event=Rebill',
    expect: recorded({ event: 'rebill', transactionId: 'ABCD1234-B002' }),
  },
  {
    name: 'a refund, by the fixed status of its own URL',
    query: 'tid=CLICKID&amount=37.25&txid=ABCD1234&event=sale&status=refund',
    expect: recorded({ event: 'sale', status: 'reversed' }),
  },
  {
    name: 'a chargeback',
    query: 'tid=CLICKID&txid=ABCD1234&event=sale&status=Chargeback&amount=37.25',
    expect: recorded({ status: 'reversed' }),
  },
  {
    name: 'a sale named as a status',
    query: 'tid=CLICKID&txid=ABCD1234&status=SALE&amount=37.25',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'our own word for the status',
    query: 'tid=CLICKID&txid=ABCD1234&status=reversed&amount=37.25',
    expect: recorded({ status: 'reversed' }),
  },
  {
    name: 'payout and order_id',
    query: 'tid=CLICKID&payout=37.25&order_id=ABCD1234',
    expect: recorded({ transactionId: 'ABCD1234', amount: '37.25' }),
  },
  {
    name: 'our own name for the click ID',
    query: 'clickid=CLICKID&amount=37.25&txid=ABCD1234',
    expect: recorded({ transactionId: 'ABCD1234', amount: '37.25' }),
  },
  {
    name: 'names in another case',
    query: 'TID=CLICKID&Amount=37.25&TxId=ABCD1234',
    expect: recorded({ transactionId: 'ABCD1234', amount: '37.25' }),
  },
  {
    name: "ClickBank's other tracking parameters beside it",
    query: 'tid=CLICKID&traffic_source=facebook&traffic_type=paid&campaign=spring+sale&ad=7&extclid=abc&amount=5',
    expect: recorded({ amount: '5' }),
  },
  {
    name: 'a price in euros',
    query: 'tid=CLICKID&amount=33.10&currency=eur',
    expect: recorded({ amount: '33.1', currency: 'EUR' }),
  },
  {
    name: 'a form',
    method: 'POST',
    headers: form,
    body: 'tid=CLICKID&amount=37.25&txid=ABCD1234',
    expect: recorded({ amount: '37.25', transactionId: 'ABCD1234' }),
  },
  {
    name: 'HTML entities as separators',
    query: 'tid=CLICKID&amp;amount=37.25&amp;txid=ABCD1234',
    expect: recorded({ amount: '37.25', transactionId: 'ABCD1234' }, 'QUERY_REPAIRED'),
  },
  {
    name: 'a macro in braces, not replaced',
    query: 'tid={tid}&amount=37.25',
    expect: rejected('MACRO_UNREPLACED', 'tid', '{tid}'),
  },
  {
    name: 'a macro in square brackets, not replaced',
    query: 'tid=[tid]&amount=37.25',
    expect: rejected('MACRO_UNREPLACED', 'tid', '[tid]'),
  },
  {
    name: 'an amount macro, not replaced',
    query: 'tid=CLICKID&amount=%7Bamount%7D',
    expect: rejected('MACRO_UNREPLACED', 'amount', '{amount}'),
  },
  {
    name: 'a dollar sign',
    query: 'tid=CLICKID&amount=$37.25',
    expect: rejected('AMOUNT_INVALID', '$37.25'),
  },
  {
    name: 'a decimal comma',
    query: 'tid=CLICKID&amount=37,25',
    expect: rejected('AMOUNT_INVALID', '37,25'),
  },
  {
    name: 'an unknown status',
    query: 'tid=CLICKID&amount=5&status=MYSTERY',
    expect: rejected('STATUS_UNKNOWN', 'MYSTERY'),
  },
  {
    name: 'a currency that is none',
    query: 'tid=CLICKID&amount=5&currency=US',
    expect: rejected('CURRENCY_INVALID', 'US'),
  },
  {
    name: 'a tracking ID cut to 24 letters',
    query: 'tid=14v0k8q2w6zj3n5x7c9b1d4f&amount=5',
    expect: rejected('CLICK_ID_MALFORMED', 'tid'),
  },
  {
    name: 'no tracking ID',
    query: 'amount=37.25&txid=ABCD1234',
    expect: rejected('CLICK_ID_MISSING', 'tid'),
  },
  {
    name: 'an encrypted instant notification',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"notification":"b0xXWmRu9lWKjQ==","iv":"QkZBNTNBMTU2RkJEOEEwMw=="}',
    expect: rejected('CLICK_ID_MISSING'),
  },
  {
    name: 'two different amounts',
    query: 'tid=CLICKID&amount=5&amount=6',
    expect: rejected('PARAMETER_CONFLICT', 'amount'),
  },
  {
    name: 'a made-up click ID',
    query: 'tid=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r&amount=5',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
