import { clickChanges } from '../../../../lambdas/domain/facts/changes';
import { clickFact, type Lookups } from '../../../../lambdas/domain/facts/click-fact';
import { factColumns, quarterOf } from '../../../../lambdas/domain/facts/columns';
import { readCost } from '../../../../lambdas/domain/facts/cost';
import { rowWithoutVisitor } from '../../../../lambdas/domain/facts/rows';
import { spanOf } from '../../../../lambdas/domain/facts/object-span';
import { clickId, now } from '../support/factories';
import { clickOf, lookups } from './support';

const id = clickId();

describe('the row of a click', () => {
  test('has every column of its set, and no other', () => {
    expect(Object.keys(clickFact(clickOf(), lookups)).sort()).toEqual(
      factColumns.clicks.map(({ name }) => name).sort(),
    );
  });

  test('says what the click knows, and null where it knows nothing', () => {
    expect(clickFact(clickOf(), lookups)).toEqual({
      click_id: id,
      clicked_at: BigInt(now - 60_000),
      click_quarter: BigInt(quarterOf(now - 60_000)),
      campaign: 'spring',
      offer: 'main',
      source: 'news',
      integration: 'acme',
      sub1: 'red',
      sub2: null,
      sub3: null,
      sub4: null,
      sub5: null,
      sub6: null,
      sub7: null,
      sub8: null,
      sub9: null,
      sub10: null,
      country: 'NZ',
      device: 'mobile',
      os: 'Android',
      browser: 'Chrome',
      bot: false,
      test: false,
      visitor: null,
      cost: 50_000n,
      cost_currency: 'USD',
      cost_unreadable: false,
    });
  });

  test('has the country that the edge named, before the one of the address', () => {
    expect(clickFact(clickOf({ country: 'FR' }), lookups).country).toBe('FR');
  });

  test('is null in each column that may be where the click has nothing', () => {
    const { source: _1, cost: _2, userAgent: _3, ipPrefix: _4, ...bare } = clickOf({ offer: '', subs: {} });
    const row: Record<string, unknown> = clickFact(bare, lookups);
    const unknown = factColumns.clicks.filter(({ name }) => row[name] === null).map(({ name }) => name);
    const nullable = factColumns.clicks.filter((column) => column.nullable).map(({ name }) => name);
    expect(unknown).toEqual(nullable.filter((name) => name !== 'integration'));
  });
});

describe('a click counts', () => {
  const click = clickOf();

  test('once, when it is stored', () => {
    expect(clickChanges(id, undefined, click, lookups)).toEqual({ rows: [clickFact(click, lookups)] });
  });

  test('no second time when it is stored again, or marked', () => {
    expect(clickChanges(id, click, click, lookups)).toEqual({ rows: [] });
    expect(clickChanges(id, click, clickOf({ reversalWaiting: true }), lookups)).toEqual({ rows: [] });
  });

  test('on when it expires, and so does its tombstone', () => {
    expect(clickChanges(id, click, undefined, lookups)).toEqual({ rows: [] });
    expect(clickChanges(id, 'erased', undefined, lookups)).toEqual({ rows: [] });
  });

  test('on when it is erased, but nothing of its visitor stays: also where it had expired before', () => {
    expect(clickChanges(id, click, 'erased', lookups)).toEqual({ rows: [], erasure: { clickId: id } });
    expect(clickChanges(id, undefined, 'erased', lookups)).toEqual({ rows: [], erasure: { clickId: id } });
    expect(clickChanges(id, 'erased', 'erased', lookups)).toEqual({ rows: [] });
  });
});

test('a row without its visitor keeps campaign, offer, integration, times and money, and no text of a stranger', () => {
  const row = clickFact(clickOf(), lookups);
  const bare = rowWithoutVisitor(row);
  expect(Object.keys(bare)).toEqual(Object.keys(row));
  const texts = Object.entries(bare).filter(([, value]) => typeof value === 'string' && value !== '');
  expect(Object.fromEntries(texts)).toEqual({
    campaign: 'spring',
    offer: 'main',
    integration: 'acme',
    cost_currency: 'USD',
  });
  expect(bare).toMatchObject({ clicked_at: row.clicked_at, cost: row.cost, bot: false });
});

describe('the cost that a source names', () => {
  test.each([
    ['0.05', 50_000n],
    ['1', 1_000_000n],
    ['.5', 500_000n],
    [' 0.10 ', 100_000n],
    ['0.0000005', 0n],
    ['999999999999.999999', 999_999_999_999_999_999n],
  ])('%j is read exactly', (text, cost) => {
    expect(readCost(text, 'USD')).toEqual({ cost, cost_currency: 'USD', cost_unreadable: false });
  });

  test.each(['0,05', '$0.05', '{cost}', '1e-3', '-1', '1.2.3', 'NaN', '9999999999999'])(
    '%j is unreadable, and neither 0 nor another number',
    (text) => {
      expect(readCost(text, 'USD')).toEqual({ cost: null, cost_currency: null, cost_unreadable: true });
    },
  );

  test.each([undefined, '', ' '])('%j names none', (text) => {
    expect(readCost(text, 'USD')).toEqual({ cost: null, cost_currency: null, cost_unreadable: false });
  });

  test('is in the parameter that the document of its source names, and else in its cost', () => {
    const naming = { parameter: 'bid', currency: 'EUR' };
    const named: Lookups = { ...lookups, costNamingOf: () => naming };
    expect(clickFact(clickOf({ parameters: { bid: '0.25' } }), named)).toMatchObject({
      cost: 250_000n,
      cost_currency: 'EUR',
    });
    expect(clickFact(clickOf({ parameters: { bid: '0,25' } }), named)).toMatchObject({
      cost: null,
      cost_unreadable: true,
    });
    expect(clickFact(clickOf({ parameters: {} }), named)).toMatchObject({ cost: 50_000n, cost_currency: 'EUR' });
    const odd: Lookups = { ...lookups, costNamingOf: () => ({ parameter: 'constructor', currency: 'EUR' }) };
    expect(clickFact(clickOf({ parameters: {} }), odd)).toMatchObject({ cost: 50_000n });
  });

  test('has no currency where the document of its source names none', () => {
    expect(readCost('1', undefined)).toMatchObject({ cost: 1_000_000n, cost_currency: null });
  });
});

test('an object spans the quarters from its first row to its last, in whatever order they are', () => {
  const rows = [3, 1, 2].map((hours) => clickFact(clickOf({ clickedAt: now + hours * 3_600_000 }), lookups));
  const first = quarterOf(now + 3_600_000);
  expect(spanOf('clicks', rows)).toEqual({ click: { first, last: first + 8 } });
  expect(() => spanOf('clicks', [])).toThrow('no row');
});
