import { atLength } from '../../../support/at-length';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { beforeCalls } from '../support/before-calls';
import { meterOf, writeRows, type Meter } from '../support/log-meter';

jest.setTimeout(60_000);

const hour = 3_600_000;
const rows = atLength(24_000, 6000);
/** One row of so many is of the rare integration. */
const rare = rows / 3;
const hours = 24;
/** A day that is over, from its first hour on. */
const dayBegins = Math.floor(Date.now() / hour) * hour - 30 * hour;
const until = new Date(dayBegins + hours * hour - 1).toISOString();
const since = new Date(dayBegins).toISOString();
const period = `since=${since}&until=${until}`;

let stack: AdminStack;
let meter: Meter;
beforeAll(async () => {
  stack = await startAdminStack();
  meter = meterOf(stack.client);
  await writeRows(stack.client, rows, dayBegins, hours * hour, (index) => ({
    ...(index % 10 === 3 && { result: 'rejected' as const, reason: 'AMOUNT_INVALID' as const }),
    ...(index % rare === 7 && { integration: 'rare' }),
  }));
}, 180_000);
afterAll(() => stack.stop());
// A walk hands over after some seconds: here the clock stands, so that a slow machine reads as much as a quick one.
beforeEach(() => {
  meter.reset();
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
});
afterEach(() => jest.restoreAllMocks());

async function page(query: string, cursor?: string) {
  const reply = await stack.call('GET', `/postbacks?${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
  expect(reply.status).toBe(200);
  return reply;
}

// 16 shards, each read 16 rows of some 0.7 kB at most for a page of 50, at half a unit for 4 kB: whatever the size of the day.
const itemsOfPage = 16 * 16;
const unitsOfPage = 16 * 1.5;

describe('listing a day of many rows', () => {
  test('the first page of 50 reads a few hundred rows of it', async () => {
    const { items, cursor } = await page(`${period}&limit=50`);
    expect([items.length, cursor]).toStrictEqual([50, expect.any(String)]);
    expect(meter).toMatchObject({ queries: 16 });
    expect(meter.items).toBeLessThanOrEqual(itemsOfPage);
    expect(meter.units).toBeLessThanOrEqual(unitsOfPage);
  });

  test('the third page costs as much as the first', async () => {
    let { cursor } = await page(`${period}&limit=50`);
    ({ cursor } = await page(`${period}&limit=50`, cursor));
    meter.reset();
    expect((await page(`${period}&limit=50`, cursor)).items).toHaveLength(50);
    expect(meter).toMatchObject({ queries: 16 });
    expect(meter.items).toBeLessThanOrEqual(itemsOfPage);
    expect(meter.units).toBeLessThanOrEqual(unitsOfPage);
  });

  test('a filter that one row of ten passes reads some hours of it, and not the day', async () => {
    const { items } = await page(`${period}&reason=AMOUNT_INVALID&limit=50`);
    expect(items).toHaveLength(50);
    expect(meter.items).toBeLessThanOrEqual(16 * 200);
    expect(meter.units).toBeLessThanOrEqual(16 * 25);
  });

  test('a filter that hardly any row passes reads each row once, in large steps', async () => {
    const { items, cursor } = await page(`${period}&integration=rare&limit=50`);
    expect(items).toHaveLength(rows / rare);
    expect(cursor).toBeUndefined();
    expect(meter.items).toBe(rows);
    expect(meter.queries).toBeLessThanOrEqual(hours * 16 * 2);
  });

  test('the beginning of a request ID finds its row without reading the day', async () => {
    const { items } = await page(`${period}&limit=1`);
    const requestId = String(items[0]?.['requestId']);
    meter.reset();
    const found = await page(`requestId=${requestId.slice(0, 12).toUpperCase()}`);
    expect(found.items.map((row) => row['requestId'])).toStrictEqual([requestId]);
    expect(meter.queries).toBeLessThanOrEqual(16);
    expect(meter.items).toBeLessThanOrEqual(16 * 2);
  });

  test('the beginning of a request ID of another age finds nothing, and reads nothing', async () => {
    for (const requestId of ['zzzz', '7000', '0000']) {
      expect((await page(`requestId=${requestId}`)).body).toStrictEqual({ items: [] });
    }
    expect(meter.queries).toBe(0);
  });
});

describe('listing long empty times', () => {
  test('are read many hours at once, each partition once', async () => {
    const emptyHours = 120;
    const first = new Date(dayBegins - emptyHours * hour).toISOString();
    const last = new Date(dayBegins - 1).toISOString();
    let [most, now] = [0, 0];
    const end = beforeCalls(stack.client, (_, next) => {
      most = Math.max(most, (now += 1));
      return next().finally(() => (now -= 1));
    });
    let cursor: string | undefined;
    do {
      const reply = await page(`since=${first}&until=${last}`, cursor);
      expect(reply.items).toHaveLength(0);
      ({ cursor } = reply);
    } while (cursor !== undefined);
    end();
    expect(most).toBe(8 * 16);
    expect(meter.queries).toBe(emptyHours * 16);
  });

  test('what lies beyond any retention, or ahead of now, is not walked through', async () => {
    const { cursor } = await page(`since=${since}&until=9000-01-01&limit=1`);
    expect(cursor).toBeDefined();
    expect(meter.queries).toBeLessThanOrEqual(16 * 2 * 32);
    meter.reset();
    expect((await page('since=1000-01-01&until=1999-01-01')).body).toStrictEqual({ items: [] });
    expect(meter.queries).toBe(0);
  });
});
