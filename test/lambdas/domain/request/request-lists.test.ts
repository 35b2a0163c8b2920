import * as fc from 'fast-check';
import { clickId, request } from '../support/factories';
import { claimsOf, readPostback } from '../support/read-postback';

const id = clickId();
const json = (body: unknown) => request('', { body: JSON.stringify(body) });
const two = [
  { clickid: id, event: 'sale', amount: 1, txid: 'a' },
  { clickid: id, event: 'sale', amount: 2, txid: 'b' },
];
const both = [
  { event: 'sale', transactionId: 'a', amount: '1', warnings: [] },
  { event: 'sale', transactionId: 'b', amount: '2', warnings: [] },
];
const message = (sent: ReturnType<typeof request>): unknown => {
  const read = readPostback(sent);
  return typeof read === 'string' ? read : 'read';
};

describe('conversions that each carry the click ID', () => {
  const names =
    'data records events results items rows list payload postbacks leads actions payments conversion sale order transaction body ' +
    'entries batch messages commissions deposits refunds anything sales conversions';

  test.each(names.split(' '))('are one each in a list called %s', (name) => {
    expect(claimsOf(json({ [name]: two }))).toEqual(both);
    expect(claimsOf(json({ payload: { [name]: two } }))).toEqual(both);
    expect(claimsOf(json({ [name]: JSON.stringify(two) }))).toEqual(both);
  });

  const flat = (prefix: string): string =>
    two
      .map((one, at) =>
        Object.entries(one)
          .map(([key, value]) => `${prefix}[${at}][${key}]=${value}`)
          .join('&'),
      )
      .join('&');
  const base64 = Buffer.from(JSON.stringify(two)).toString('base64');

  test.each<[string, ReturnType<typeof request>]>([
    ['a form of PHP', request('', { body: flat('data') })],
    ['a query of PHP', request(flat('data'))],
    ['JSON as a text in a form', request('', { body: `data=${encodeURIComponent(JSON.stringify(two))}` })],
    ['JSON in base64 in a form', request('', { body: `data=${encodeURIComponent(base64)}` })],
    ['an object with places as names', json({ 0: two[0], 1: two[1] })],
    ['objects that wrap it', json({ Message: { detail: { conversions: two } } })],
    ['a list of one', json({ data: [{ conversions: two }] })],
  ])('are one each in %s', (_, sent) => {
    expect(claimsOf(sent)).toEqual(both);
  });

  test('may be of different clicks', () => {
    const other = clickId(2);
    const read = readPostback(json({ events: [two[0], { ...two[1], clickid: other }] }));
    expect(read).toMatchObject([{ clickId: id }, { clickId: other }]);
  });

  test('are found wherever a sender puts the list, and none is lost', () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 9 }), (path, count) => {
        const list = Array.from({ length: count }, (_, at) => ({ clickid: id, amount: at + 1, txid: `T${at}` }));
        const sent = json(path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), list));
        const claims = claimsOf(sent);
        expect(claims).toHaveLength(count);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test.each([{ first: two[0], second: two[1] }, { data: { a: two[0], b: two[1] } }])(
    'are rejected where they are no list: %j',
    (body) => {
      expect(message(json(body))).toMatch(/^PARAMETER_CONFLICT: .*each name a conversion/);
    },
  );

  test.each([
    { old: { ...two[0], status: 'pending' }, new: two[1] },
    { type: 'UPDATE', old_record: two[0], record: two[1] },
    { previous: two[0], current: two[1] },
  ])('are one where a request says what it was before: %j', (body) => {
    expect(claimsOf(json(body))).toMatchObject([{ transactionId: 'b', amount: '2' }]);
    expect(claimsOf(json(body))).toHaveLength(1);
  });

  test('are one where only one object of two speaks of it', () => {
    expect(claimsOf(json({ click: { clickid: id, ip: 'x' }, sale: { clickid: id, amount: 5 } }))).toHaveLength(1);
  });
});

describe('conversions beside which the click ID stands', () => {
  test.each(['events', 'actions', 'leads', 'records', 'data', 'deposits'])('are one each in %s', (name) => {
    const list = [{ event: 'lead' }, { event: 'sale', amount: 5, txid: 1 }];
    expect(claimsOf(json({ clickid: id, [name]: list }))).toMatchObject([
      { event: 'lead' },
      { event: 'sale', amount: '5', transactionId: '1' },
    ]);
  });

  test('are one where the postback itself names its amount or order', () => {
    const events = [{ event: 'lead' }, { event: 'sale' }];
    expect(claimsOf(json({ clickid: id, amount: 5, events }))).toMatchObject([{ amount: '5' }]);
    expect(claimsOf(json({ clickid: id, txid: 'A', events }))).toMatchObject([{ transactionId: 'A' }]);
  });

  test('have their own `id` for a transaction ID, with a warning', () => {
    const transactions = [
      { id: 'A1', amount: 60 },
      { id: 'A2', amount: 40 },
    ];
    const told = { event: 'conversion', warnings: ['NAME_GUESSED'] };
    expect(claimsOf(json({ clickid: id, transactions }))).toEqual([
      { ...told, transactionId: 'A1', amount: '60' },
      { ...told, transactionId: 'A2', amount: '40' },
    ]);
    expect(claimsOf(json({ clickid: id, transactions: transactions.slice(0, 1) }))).toEqual([
      { ...told, transactionId: 'A1', amount: '60' },
    ]);
    expect(claimsOf(json({ clickid: id, order_id: 'O', transactions }))).toMatchObject([
      { transactionId: 'O' },
      { transactionId: 'O' },
    ]);
    expect(claimsOf(json({ clickid: id, id: 'no', amount: 1 }))).toEqual([
      { event: 'conversion', amount: '1', warnings: [] },
    ]);
  });

  test('do not each have the one amount that stands beside them', () => {
    const orders = [{ txid: 'o1' }, { txid: 'o2' }];
    expect(message(json({ clickid: id, amount: 9, orders }))).toMatch(/^PARAMETER_CONFLICT: .*list of 2 conversions/);
    expect(claimsOf(json({ clickid: id, amount: 9, orders: orders.slice(0, 1) }))).toMatchObject([{ amount: '9' }]);
    const own = orders.map((order) => ({ ...order, amount: 3 }));
    expect(claimsOf(json({ clickid: id, amount: 9, orders: own }))).toMatchObject([{ amount: '3' }, { amount: '3' }]);
  });

  test('are refunds where their kind says so, whatever became of the refund itself', () => {
    const transactions = [
      { amount: '4.00', kind: 'refund', status: 'success' },
      { amount: '3.00', kind: 'refund', status: 'success' },
    ];
    expect(claimsOf(json({ clickid: id, order_id: 5, transactions }))).toMatchObject([
      { amount: '4', status: 'reversed', reversal: 'partial' },
      { amount: '3', status: 'reversed', reversal: 'partial' },
    ]);
  });
});

test('the items of one order are no conversions, with hashes in them or without', () => {
  const hash = '2'.repeat(32);
  const items = [
    { amount: 1, sku: hash },
    { amount: 2, sku: hash },
  ];
  expect(claimsOf(json({ clickid: id, amount: 3, items }))).toHaveLength(1);
  expect(claimsOf(json({ clickid: id, amount: 3, order: { customer: { orders: items } } }))).toHaveLength(1);
});
