import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import type { DeliveryId } from '../../../lambdas/domain/outbound/delivery-id';
import type { Attempt } from '../../../lambdas/domain/outbound/judge';
import { newClickId } from '../adapters/support/claims';
import { noHurry, startStorage, type Storage } from '../adapters/support/storage';
import { conversionOf } from '../domain/outbound/support';
import { accepted, Bench } from './bench';

jest.setTimeout(120_000);

let storage: Storage;
let bench: Bench;

beforeAll(async () => {
  process.env['STAGE'] = 'test';
  storage = await startStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
  await storage.clear('deliveries');
  bench = new Bench(storage, 'suspended');
});
afterEach(() => storage.proxy.heal());

const minute = 60_000;
const hour = 60 * minute;

const aConversion = (fields: Partial<Conversion> = {}): Conversion =>
  conversionOf({ clickId: newClickId(), source: bench.sourceId, ...fields });

async function dispatched(): Promise<DeliveryId> {
  await bench.change(undefined, aConversion());
  const [id] = bench.queued;
  if (id === undefined) throw new Error('nothing was queued');
  return id;
}

describe('a suspended source', () => {
  const rejection: Attempt = { httpStatus: 404, text: 'no such offer' };

  /** Suspends the source by twenty attempts in four days; none of their deliveries waits any more. */
  async function suspend(url = 'https://news.example/pb?id={external_id}'): Promise<void> {
    bench.configure({ url });
    bench.answer = rejection;
    for (let at = 0; at < 20; at += 1) {
      if (at > 0) bench.now += 4 * hour;
      await bench.change(undefined, aConversion());
      await bench.work();
    }
    expect(bench.sent.splice(0)).toHaveLength(20);
  }

  async function hold(): Promise<DeliveryId> {
    const id = await dispatched();
    await bench.work();
    expect(await bench.row(id)).toMatchObject({ state: 'held', reason: 'SOURCE_SUSPENDED', attempts: 0 });
    return id;
  }

  test('is tried with one delivery after an hour; one that it accepts ends the suspension, and what was held goes, each once', async () => {
    await suspend();
    const ids = [await hold(), await hold(), await hold()];
    await bench.after(50 * minute);
    expect(bench.sent).toEqual([]);

    bench.answer = accepted;
    const done = await bench.after(70 * minute);
    expect(done.filter((one) => one.kind === 'settled' && one.turn === 'resumed')).toHaveLength(1);
    await bench.after(minute);
    await bench.after(minute);
    for (const id of ids) expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(bench.sent).toHaveLength(3);
    expect(await bench.releases.pending(noHurry)).toEqual([]);
  });

  test('lets go of what would have waited for half a day, within a minute of its coming back', async () => {
    await suspend();
    const old = await hold();
    await bench.after(4 * 24 * hour);
    await bench.after(11 * hour);
    const { dueAt = 0 } = await bench.row(old);
    expect(dueAt - bench.now).toBeGreaterThan(10 * minute);

    bench.answer = accepted;
    const fresh = await dispatched();
    await bench.work();
    expect(await bench.row(fresh)).toMatchObject({ state: 'delivered' });
    await bench.after(minute);
    expect(await bench.row(old)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  test('is tried ever more rarely, and a trial in vain costs its delivery nothing', async () => {
    await suspend();
    const id = await hold();
    const tries: number[] = [];
    const begun = bench.now;
    for (let passed = 0; passed < 48; passed += 1) {
      const before = bench.sent.length;
      const fresh = await dispatched();
      await bench.work();
      if (bench.sent.length > before) tries.push(Math.round((bench.now - begun) / hour));
      expect(await bench.row(fresh)).toMatchObject({ state: 'held', reason: 'SOURCE_SUSPENDED', attempts: 0 });
      bench.now += hour;
    }
    expect(tries).toEqual([1, 3, 7, 15, 27, 39]);
    expect(await bench.row(id)).toMatchObject({ state: 'held', attempts: 0 });
  });

  test('says what it answered to the trial', async () => {
    await suspend();
    await hold();
    bench.now += hour;
    const trial = await dispatched();
    await bench.work();
    const row = await bench.row(trial);
    expect(row).toMatchObject({ state: 'held', detail: 'no such offer', answer: { httpStatus: 404 } });
    expect(row.firstTriedAt).toBeUndefined();
  });

  test('is charged nothing where the trial could not be made by a fault of ours', async () => {
    bench.secrets = { KEY: 'known' };
    await suspend('https://news.example/pb?key={secret:KEY}');
    await hold();
    bench.now += hour;
    const before = await bench.health.of(bench.sourceId, noHurry);
    bench.secrets = {};
    const keyless = await dispatched();
    await bench.work();
    expect(await bench.row(keyless)).toMatchObject({ state: 'held', reason: 'SECRET_MISSING' });
    expect(await bench.health.of(bench.sourceId, noHurry)).toEqual(before);

    bench.secrets = { KEY: 'known' };
    const unlucky = await dispatched();
    storage.proxy.break({ operation: 'PutItem', fault: 'error' });
    await expect(bench.deliver(unlucky)).rejects.toThrow('writing how a source answers');
    storage.proxy.heal();
    expect(bench.sent).toEqual([]);
    expect(await bench.health.of(bench.sourceId, noHurry)).toEqual(before);
  });

  test('whose document was changed is released by the first delivery that it accepts, whatever its trials came to', async () => {
    await suspend();
    const old = await hold();
    await bench.after(4 * 24 * hour);
    bench.answer = accepted;
    bench.configure({ url: 'https://news.example/new?id={external_id}' });
    const fresh = await dispatched();
    await bench.work();
    expect(await bench.row(fresh)).toMatchObject({ state: 'delivered' });
    await bench.after(minute);
    expect(await bench.row(old)).toMatchObject({ state: 'delivered' });
  });

  test('that is resumed with more held deliveries than a page has loses none of them', async () => {
    await suspend();
    const ids: DeliveryId[] = [];
    for (let at = 0; at < 130; at += 1) {
      await bench.change(undefined, aConversion());
      ids.push(...bench.queued);
      await bench.work();
      if (at === 60) bench.now += 26 * minute;
    }
    bench.now += hour;
    bench.answer = accepted;
    await dispatched();
    await bench.work();
    for (let run = 0; run < 3; run += 1) await bench.after(minute);
    const states = await Promise.all(ids.map(async (id) => (await bench.row(id)).state));
    expect(new Set(states)).toEqual(new Set(['delivered']));
    expect(bench.sent).toHaveLength(131);
  });
});
