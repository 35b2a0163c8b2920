import {
  clicksTable,
  readClick,
  readClickFields,
  writeClick,
  type ClicksTable,
} from '../../../lambdas/adapters/clicks-table';
import type { Click } from '../../../lambdas/domain/click/click';
import { tableNames } from '../../storage/local-dynamodb';
import { newClickId } from './support/claims';
import { noHurry, startStorage, type Storage } from './support/storage';

const now = Date.UTC(2026, 10, 23, 14);
let storage: Storage;
let clicks: ClicksTable;

beforeAll(async () => {
  storage = await startStorage();
  clicks = clicksTable(storage.client, tableNames.clicks);
});
afterEach(() => {
  storage.proxy.heal();
  storage.proxy.forget();
});
afterAll(() => storage.stop());

const clickOf = (fields: Partial<Click> = {}): Click => ({
  clickId: newClickId(now),
  campaign: 'spring',
  integration: 'acme',
  offer: 'main',
  subs: {},
  parameters: {},
  truncated: false,
  test: false,
  bot: false,
  clickedAt: now,
  expiresAt: now / 1000 + 120 * 86_400,
  ...fields,
});

test('a click comes back as it was put, whatever its parameters are called', async () => {
  const click = clickOf({
    source: 'news',
    subs: { sub1: 'a b&c', sub10: '' },
    externalId: 'x'.repeat(512),
    cost: '0,02 €',
    parameters: { 'Päram#eter.1': '"quoted" \u0000 🎯', N: '1', S: '', M: '{}' },
    truncated: true,
    test: true,
    bot: true,
    userAgent: 'Mozilla/5.0',
    ipPrefix: '203.0.113.0/24',
    unreplaced: ['M'],
  });
  await clicks.put(click, noHurry);

  expect(await clicks.find(click.clickId, now, noHurry)).toEqual(click);
  expect(storage.proxy.calls()).toEqual([`PutItem ${tableNames.clicks}`, `GetItem ${tableNames.clicks}`]);
});

test('a row of an earlier release, with a hash of the address, is read without it', async () => {
  const click = clickOf();
  const row = { ...writeClick(click), ipHash: { S: 'abcdefghijklmnop' } };

  expect(readClick(row)).toEqual(click);
});

test('a click that is put twice is one click', async () => {
  const click = clickOf();
  await clicks.put(click, noHurry);
  await clicks.put(click, noHurry);

  expect((await storage.items('clicks')).filter(({ clickId }) => clickId?.S === click.clickId)).toHaveLength(1);
});

test.each(['constructor', '__proto__', 'prototype'])(
  'a click with a parameter called %s is stored without it, and flagged',
  async (name) => {
    const parameters = Object.fromEntries([
      [name, '1'],
      ['hasOwnProperty', '2'],
      ['toString', '3'],
    ]);
    const click = clickOf({ parameters });
    await clicks.put(click, noHurry);

    expect(await clicks.find(click.clickId, now, noHurry)).toEqual({
      ...click,
      parameters: { hasOwnProperty: '2', toString: '3' },
      truncated: true,
    });
  },
);

test('a click whose time is over is absent, though its row is still there', async () => {
  const click = clickOf({ expiresAt: now / 1000 });
  await clicks.put(click, noHurry);

  expect(await clicks.find(click.clickId, now, noHurry)).toBeUndefined();
  expect(await clicks.find(click.clickId, now - 1, noHurry)).toEqual(click);
});

test('a click without its row is absent', async () => {
  expect(await clicks.find(newClickId(), now, noHurry)).toBeUndefined();
});

test('the usual click is stored without what it does not have, and within one write unit', async () => {
  const click = clickOf({ source: 'news', subs: { sub1: 'a' }, userAgent: 'x'.repeat(256) });
  await clicks.put(click, noHurry);

  const item = (await storage.items('clicks')).find(({ clickId }) => clickId?.S === click.clickId) ?? {};
  expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['bot']));
  expect(item).not.toHaveProperty('parameters');
  expect(JSON.stringify(item).length).toBeLessThan(1024);
});

test.each(['throttle', 'error', 'hang'] as const)('a table that answers with %s throws in time', async (fault) => {
  storage.proxy.break({ fault });
  // Between two tries the SDK pauses by chance, and the time may be over meanwhile.
  const inTime = /the table is (throttled|broken)|aborted/;

  await expect(clicks.put(clickOf(), { remaining: () => 800 })).rejects.toThrow(inTime);
  await expect(clicks.find(newClickId(), now, { remaining: () => 800 })).rejects.toThrow(inTime);
});

test('with no time left nothing is asked of the table', async () => {
  await expect(clicks.put(clickOf(), { remaining: () => 0 })).rejects.toThrow('aborted');
  expect(storage.proxy.calls()).toEqual([]);
});

test('fields that are no click are rejected', () => {
  expect(() => readClickFields({ clickId: 'x' })).toThrow('Invalid key');
  expect(() => readClickFields(undefined)).toThrow('Invalid type');
});

describe('asking whether the table takes writes', () => {
  test.each(['of a click that is there', 'of a click that is not'])('%s writes nothing', async (which) => {
    const click = clickOf();
    if (which === 'of a click that is there') await clicks.put(click, noHurry);
    const before = await storage.items('clicks');

    await clicks.probe(click.clickId, noHurry);
    expect(await storage.items('clicks')).toEqual(before);
  });

  test('throws where it does not, though it can be read', async () => {
    storage.proxy.break({ fault: 'throttle', table: 'Clicks', operation: 'PutItem' });
    const { clickId } = clickOf();

    expect(await clicks.find(clickId, now, noHurry)).toBeUndefined();
    await expect(clicks.probe(clickId, noHurry)).rejects.toThrow('the table is throttled');
  });
});
