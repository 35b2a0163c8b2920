import { clickId, request } from '../support/factories';
import { claimsOf, readPostback, type Given } from '../support/read-postback';

const id = clickId();
const query = (text: string, given?: Given) => claimsOf(request(`clickid=${id}&${text}`), given);
const rejection = (text: string): unknown => readPostback(request(`clickid=${id}&${text}`));

describe('an event', () => {
  test.each([
    'payment_refund',
    'refund_completed',
    'REFUND_ISSUED',
    'orderRefunded',
    'order.refund.created',
    'Full Refund',
    'payment:chargeback',
    'subscription_payment_refunded',
    'clawback-processed',
  ])('%s takes its sale back, however the word is put together', (event) => {
    expect(query(`event=${encodeURIComponent(event)}&txid=T1`)).toEqual([
      { event: 'conversion', transactionId: 'T1', status: 'reversed', reversal: 'partial', warnings: [] },
    ]);
  });

  test.each([
    'cancelled',
    'order_cancelled',
    'Order Canceled',
    'void',
    'lead.rejected',
    'scrub',
    'saleVoided',
    'fraud',
  ])('%s says that its sale is none: it never adds what it names', (event) => {
    expect(query(`event=${encodeURIComponent(event)}&txid=T1&amount=100`)).toMatchObject([
      { event: 'conversion', transactionId: 'T1', status: 'rejected', reversal: 'partial' },
    ]);
  });

  test.each(['refund_requested', 'chargeback_reversed', 'refund.failed', 'chargebackWon'])(
    '%s may take its sale back or not: it is rejected with the setting that says so',
    (event) => {
      expect(rejection(`event=${event}&amount=100`)).toMatch(
        `EVENT_UNKNOWN: "event" came as "${event}", which may take a sale back or not. Set events of the integration to {"${event}": "ignore"}`,
      );
      const given = (meaning: string) => ({ integration: { events: { [event]: meaning } } });
      expect(query(`event=${event}&amount=100`, given('ignore'))).toMatchObject([{ ignored: true }]);
      expect(query(`event=${event}`, given('refund'))).toMatchObject([{ status: 'reversed' }]);
    },
  );

  test.each(['tax_refund_lead', 'reverse_mortgage', 'insert_coin'])('%s is an event like any other', (event) => {
    expect(query(`event=${event}&amount=5`)).toEqual([{ event, amount: '5', warnings: [] }]);
  });

  test('that the integration maps means what it is mapped to', () => {
    const given = { integration: { events: { cancelled: 'cancelled' } } };
    expect(query('event=cancelled&amount=5', given)).toEqual([{ event: 'cancelled', amount: '5', warnings: [] }]);
  });

  test.each([
    'subscription_renewed',
    'recurring_payment',
    'auto-renewal',
    'Rebill Success',
    'subscription.renewal.paid',
  ])('%s is a payment of its own each time', (event) => {
    const read = readPostback(request(`clickid=${id}&amount=1&event=${encodeURIComponent(event)}`));
    const isPaid = event.endsWith('paid');
    expect(read).toMatchObject([{ reading: { claim: { mode: isPaid ? 'ignore' : 'separate' } } }]);
  });
});

describe('a reversal told under another name', () => {
  test.each([
    'action=refund',
    'transaction_type=Chargeback',
    'order[payment_status]=refunded',
    'is_refund=1',
    'chargeback=true',
    'isChargeback=yes',
  ])('such as %s is no repeat of its sale', (text) => {
    expect(query(`txid=T1&amount=100&${text}`)).toMatchObject([
      { status: 'reversed', reversal: 'partial', warnings: ['NAME_GUESSED'] },
    ]);
  });

  test.each([
    'is_refund=0',
    'chargeback=false',
    'category=refund',
    'status=approved&refund=12.50',
    'status=pending&action=refund',
  ])('is none in %s', (text) => {
    expect(query(`txid=T1&amount=100&${text}`)).not.toMatchObject([{ reversal: 'partial' }]);
  });
});

describe('the number of an order', () => {
  test.each(['order_number', 'orderNumber', 'invoice_id', 'sale_id', 'txn_id', 'transId', 'conversion_id', 'receipt'])(
    'is read as the transaction ID from %s, with a warning: the next sale of the click is no repeat',
    (name) => {
      const text = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expect(query(`amount=5&${name}=A7`)).toMatchObject([{ transactionId: 'A7', warnings: ['NAME_GUESSED'] }]);
      expect(query(`amount=5&${text}=A7&txid=T1`)).toEqual([
        { event: 'conversion', amount: '5', transactionId: 'T1', warnings: [] },
      ]);
    },
  );

  test.each(['0', '000', '00000000-0000-0000-0000-000000000000', 'false', 'unknown', 'not_available', 'empty'])(
    '%s is none',
    (value) => {
      expect(query(`amount=5&txid=${value}`)).toEqual([{ event: 'conversion', amount: '5', warnings: [] }]);
      expect(query(`amount=5&txid=${value}&order_number=9`)).toMatchObject([{ transactionId: '9' }]);
    },
  );

  test.each([
    'order_id',
    'Transaction ID',
    'YOUR_ORDER_ID',
    'insert-order-id-here',
    'ORDER_ID_HERE',
    '%s',
    '||order_id||',
    '!!order_id!!',
    '<?= $order_id ?>',
    '@order_id@',
    '[!order_id!]',
    '=order_id=',
  ])('%s is what a person or a program was to replace', (value) => {
    expect(query(`amount=5&txid=${encodeURIComponent(value)}`)).toBe('MACRO_UNREPLACED');
  });
});

describe('a word in quotes', () => {
  test('is that word', () => {
    expect(query('amount=%2212.50%22&currency=%22eur%22&status=%27paid%27&event=%22Lead%22')).toEqual([
      { event: 'lead', status: 'approved', amount: '12.5', currency: 'EUR', warnings: [] },
    ]);
  });

  test.each(['%22T%22', '%27T%27', '%2522T%2522'])('around a time is no part of it: %s', (quoted) => {
    const time = '2026-11-23T11:00:00Z';
    expect(query(`timestamp=${quoted.replace('T', time)}`)).toEqual(query(`timestamp=${time}`));
  });
});
