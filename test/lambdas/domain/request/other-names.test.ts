import * as fc from 'fast-check';
import { findNamedTest } from '../../../../lambdas/domain/request/named-test';
import { clickId, request } from '../support/factories';
import { claimsOf, readPostback, type Given } from '../support/read-postback';

const id = clickId();
const json = (body: Readonly<Record<string, unknown>>, given?: Given) =>
  claimsOf(request('', { body: JSON.stringify({ clickid: id, amount: 2, ...body }) }), given);
const query = (text: string, given?: Given) => claimsOf(request(`clickid=${id}&amount=2&${text}`), given);
const message = (body: Readonly<Record<string, unknown>>): string => {
  const read = readPostback(request('', { body: JSON.stringify({ clickid: id, amount: 2, ...body }) }));
  return typeof read === 'string' ? read : '';
};

describe('a field that comes as an object', () => {
  test.each<[Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]>([
    [{ status: { code: 'rejected' } }, { status: 'rejected' }],
    [{ status: { name: 'refunded' } }, { status: 'reversed' }],
    [{ status: { id: 3, value: 'declined' } }, { status: 'rejected' }],
    [{ status: { id: 'declined' } }, { status: 'rejected' }],
    [{ status: [{ v: 'rejected' }] }, { status: 'rejected' }],
    [{ currency: { code: 'EUR' } }, { currency: 'EUR' }],
    [{ currency: { iso_code: 'EUR', name: 'Euro' } }, { currency: 'EUR' }],
    [{ event: { name: 'lead' } }, { event: 'lead' }],
    [{ event: { name: 'refund' } }, { status: 'reversed', reversal: 'partial' }],
    [{ event: { type: 'lead', id: 'evt_1' } }, { event: 'lead' }],
    [{ txid: { id: 'T9' } }, { transactionId: 'T9' }],
    [{ order_id: { value: 'T9', kind: 'x' } }, { transactionId: 'T9' }],
  ])('is read from the member that names it, with a warning: %j', (body, expected) => {
    expect(json(body)).toMatchObject([{ ...expected, warnings: ['NAME_GUESSED'] }]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['STATUS_UNKNOWN', { status: { payment: 'paid', shipping: 'open' } }],
    ['STATUS_UNKNOWN', { status: { code: 'what' } }],
    ['CURRENCY_INVALID', { currency: { from: 'EUR', to: 'USD' } }],
    ['PARAMETER_CONFLICT', { txid: [1, 2] }],
    ['PARAMETER_CONFLICT', { status: ['approved', 'rejected'] }],
  ])('is %s where nothing says which part counts: %j', (reason, body) => {
    expect(json(body)).toBe(reason);
  });

  test('is rejected with the setting that reads it', () => {
    expect(message({ status: { payment: 'paid', shipping: 'open' } })).toContain('["status.payment"]');
    const given = { integration: { parameters: { status: ['status.payment'] } } };
    expect(json({ status: { payment: 'paid', shipping: 'open' } }, given)).toMatchObject([{ status: 'approved' }]);
  });

  test('is none where an event only holds what happened to', () => {
    expect(json({ event: { id: 'evt_1', ip: 'x' } })).toMatchObject([{ event: 'conversion', warnings: [] }]);
  });

  test('is told where a transaction ID or a time is not read', () => {
    expect(json({ txid: { a: 1, b: 2 } })).toMatchObject([{ warnings: ['ALIAS_IGNORED'] }]);
    expect(json({ timestamp: { a: 1, b: 2 } })).toMatchObject([{ warnings: ['TIMESTAMP_UNREAD'] }]);
  });

  test('is never passed over in silence: a status of any shape', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    const status = fc.oneof(
      fc.dictionary(word, fc.constantFrom('rejected', 'declined', 'refunded', 'odd'), { minKeys: 1, maxKeys: 3 }),
      fc.array(fc.constantFrom('rejected', 'refunded', 'odd'), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(status, (value) => {
        expect(json({ status: value })).not.toEqual([{ event: 'conversion', amount: '2', warnings: [] }]);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('the object that the amount is of', () => {
  const order = { amount: 9, currency: 'EUR', txid: 'o1' };
  const of = (status: string) =>
    claimsOf(request('', { body: JSON.stringify({ clickid: id, order: { ...order, status } }) }));

  test('approves what waited once it is paid', () => {
    expect(of('pending')).toMatchObject([{ status: 'pending' }]);
    expect(of('paid')).toMatchObject([{ status: 'approved', transactionId: 'o1' }]);
  });

  test.each([
    ['declined', 'rejected'],
    ['refunded', 'reversed'],
  ])('takes back what its status says: %s', (word, status) => {
    expect(of(word)).toMatchObject([{ amount: '9', currency: 'EUR', status }]);
  });

  test.each(['shipped', 'processing', 'open'])('has no other word of it read: %s', (word) => {
    expect(of(word)).toEqual([
      {
        event: 'conversion',
        transactionId: 'o1',
        amount: '9',
        currency: 'EUR',
        warnings: Array(3).fill('NAME_GUESSED'),
      },
    ]);
  });
});

describe('a currency under another name', () => {
  test.each(['currency_code', 'currencyCode', 'Currency_Code', 'cur', 'curr', 'ccy', 'order_currency', 'valuta'])(
    'is read with a warning: %s',
    (name) => {
      expect(query(`${name}=EUR`)).toMatchObject([{ currency: 'EUR', warnings: ['NAME_GUESSED'] }]);
    },
  );

  test('is none where it holds no currency, or where one is named', () => {
    expect(query('cur=12')).toMatchObject([{ warnings: [] }]);
    expect(query('curr=abc')).toMatchObject([{ warnings: [] }]);
    expect(query('currency=USD&currency_code=EUR')).toMatchObject([{ currency: 'USD', warnings: [] }]);
    expect(query('order_currency=EUR', { integration: { parameters: { currency: ['k'] } } })).toMatchObject([
      { warnings: [] },
    ]);
  });

  test('is judged where the name can mean nothing else', () => {
    expect(query('currency_code=PES')).toBe('CURRENCY_INVALID');
    expect(query('currency_code=PES', { integration: { currencies: { PES: 'ARS' } } })).toMatchObject([
      { currency: 'ARS' },
    ]);
  });

  test('is that of the amount, and rejected where two differ', () => {
    expect(query('amount_currency=EUR&payout_currency=GBP')).toMatchObject([{ currency: 'EUR' }]);
    expect(query('order_currency=EUR&shop_currency=GBP')).toBe('CURRENCY_INVALID');
    expect(query('order_currency=EUR&shop_currency=eur')).toMatchObject([{ currency: 'EUR' }]);
  });
});

describe('a status under another name', () => {
  const names =
    'conversion_status order_status orderStatus sale_status payment_status lead_status state status_code statusText transaction_status';

  test.each(names.split(' '))('rejects, reverses or waits, with a warning: %s', (name) => {
    for (const [word, status] of [
      ['rejected', 'rejected'],
      ['declined', 'rejected'],
      ['cancelled', 'rejected'],
      ['pending', 'pending'],
      ['refunded', 'reversed'],
    ]) {
      expect(query(`${name}=${word}`)).toMatchObject([{ status, warnings: ['NAME_GUESSED'] }]);
    }
    expect(query(`${name}=processing`)).toMatchObject([{ warnings: [] }]);
    expect(query(`status=approved&${name}=pending`)).toMatchObject([{ status: 'approved', warnings: [] }]);
  });

  test.each([
    'shipping_status=cancelled',
    'subscription_status=cancelled',
    'http_status=failed',
    'state=CA',
    'fraud=0',
  ])('is none of the sale: %s', (text) =>
    expect(query(text)).toEqual([{ event: 'conversion', amount: '2', warnings: [] }]),
  );

  test.each(['rejected=1', 'cancelled=true', 'is_cancelled=yes', 'is_fraud=Y'])('rejects as a flag: %s', (text) => {
    expect(query(text)).toMatchObject([{ status: 'rejected', warnings: ['NAME_GUESSED'] }]);
  });

  test.each(['approved=0', 'is_valid=false', 'is_approved=no'])('is rejected with what to map: %s', (text) => {
    const name = text.split('=')[0];
    expect(query(text)).toBe('STATUS_UNKNOWN');
    expect(query(`status=approved&${text}`)).toMatchObject([{ status: 'approved' }]);
    const given = {
      integration: { parameters: { status: [name] }, statuses: { [text.split('=')[1] ?? '']: 'pending' } },
    };
    expect(query(text, given)).toMatchObject([{ status: 'pending' }]);
  });

  test.each([
    ['refund=1', '2'],
    ['reversal=Y', '2'],
    ['refund=1.00', '1'],
    ['chargeback=10', '10'],
    ['refund=0.50', '0.5'],
  ])('takes back what its flag or its amount says: %s', (text, amount) => {
    expect(query(`txid=1&${text}`)).toMatchObject([{ status: 'reversed', reversal: 'partial', amount }]);
  });

  test.each(['refund=0', 'refund=0.00', 'chargeback=no', 'refund=none', 'refund_policy=30'])(
    'is none in %s',
    (text) => {
      expect(query(`txid=1&${text}`)).not.toMatchObject([{ status: 'reversed' }]);
    },
  );

  test('reverses beside a status that only says that the refund has succeeded', () => {
    for (const status of ['success', 'approved', 'paid']) {
      expect(query(`status=${status}&transaction_type=refund`)).toMatchObject([{ status: 'reversed' }]);
    }
    expect(query('status=declined&transaction_type=refund')).toMatchObject([{ status: 'rejected' }]);
  });
});

describe('a test under another name', () => {
  const isTold = (name: string, value: string) => findNamedTest([{ name, value, origin: 'query' }]) !== undefined;

  test.each([
    ['is_test', '1'],
    ['testmode', '1'],
    ['test_mode', 'on'],
    ['testMode', 'true'],
    ['sandbox', 'true'],
    ['mode', 'test'],
    ['mode', 'sandbox'],
    ['livemode', 'false'],
    ['environment', 'SANDBOX'],
    ['data.is_test', 'true'],
  ])('is known: %s=%s', (name, value) => expect(isTold(name, value)).toBe(true));

  test.each([
    ['is_test', '0'],
    ['mode', 'live'],
    ['livemode', 'true'],
    ['environment', 'production'],
    ['product.is_test', 'true'],
    ['contest', '1'],
  ])('is none: %s=%s', (name, value) => expect(isTold(name, value)).toBe(false));
});

describe('letters and quotes', () => {
  const nfd = (text: string) => encodeURIComponent(text.normalize('NFD'));

  test('are composed before words and IDs are compared', () => {
    const given = {
      integration: { events: { Prüfung: 'ignore' }, statuses: { Отклонён: 'rejected', ' Über ': 'pending' } },
    };
    expect(query(`event=${nfd('prüfung')}`, given)).toMatchObject([{ ignored: true }]);
    expect(query(`status=${nfd('отклонён')}`, given)).toMatchObject([{ status: 'rejected' }]);
    expect(query(`status=${nfd('über')}`, given)).toMatchObject([{ status: 'pending' }]);
    expect(query(`txid=${nfd('é')}`)).toEqual(query(`txid=${encodeURIComponent('é')}`));
    const decomposed = { integration: { events: { ['Prüfung'.normalize('NFD')]: 'ignore' } } };
    expect(query('event=prüfung', decomposed)).toMatchObject([{ ignored: true }]);
  });

  test('count in any case, with the two letters i of Turkish', () => {
    const given = {
      integration: {
        statuses: { ödendi: 'approved', İPTAL: 'rejected', onaylandı: 'approved' },
        events: { deneme: 'ignore' },
      },
    };
    const statuses = ['ÖDENDİ', 'iptal', 'IPTAL', 'ONAYLANDI', 'onaylandi'].map((word) =>
      query(`status=${word}`, given),
    );
    expect(statuses).toMatchObject(
      ['approved', 'rejected', 'rejected', 'approved', 'approved'].map((status) => [{ status }]),
    );
    expect(query('event=DENEME', given)).toMatchObject([{ ignored: true }]);
  });

  test.each(['ABC', '"ABC"', "'ABC'", '%2522ABC%2522'])(
    'quotes around a transaction ID are no part of it: %s',
    (text) => {
      expect(query(`txid=${text}`)).toMatchObject([{ transactionId: 'ABC' }]);
      expect(query(`txid=${text}&txid=ABC`)).toMatchObject([{ transactionId: 'ABC' }]);
    },
  );
});
