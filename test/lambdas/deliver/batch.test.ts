import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import type { DeliveryId } from '../../../lambdas/domain/outbound/delivery-id';
import type { Attempt } from '../../../lambdas/domain/outbound/judge';
import { newClickId } from '../adapters/support/claims';
import { noHurry, startStorage, type Storage } from '../adapters/support/storage';
import { Ledger } from '../domain/conversion/ledger';
import { conversionOf } from '../domain/outbound/support';
import { accepted, Bench, down } from './bench';

jest.setTimeout(60_000);

let storage: Storage;
let bench: Bench;
let benches = 0;

beforeAll(async () => {
  process.env['STAGE'] = 'test';
  storage = await startStorage();
});
afterAll(() => storage.stop());
beforeEach(() => {
  benches += 1;
  bench = new Bench(storage, `batch-${benches}`);
  bench.configure({});
});

async function queued(count: number): Promise<readonly DeliveryId[]> {
  for (let at = 0; at < count; at += 1) {
    await bench.change(undefined, conversionOf({ clickId: newClickId(), source: bench.sourceId }));
  }
  return bench.queued.splice(0);
}

/** A source that answers nobody until it is let go. */
function hanging(): { readonly called: Promise<void>; answer(attempt: Attempt): void } {
  const [first, end] = [Promise.withResolvers<void>(), Promise.withResolvers<Attempt>()];
  bench.answerTo = () => {
    first.resolve();
    return end.promise;
  };
  return { called: first.promise, answer: (attempt) => end.resolve(attempt) };
}

const turns = async () => (await bench.health.of(bench.sourceId, noHurry)).health.turns ?? [];

test('of a source with many waiting, three batches call it; those of a fourth are hidden for seconds, without an attempt', async () => {
  const ids = await queued(13);
  const source = hanging();
  const runs: Promise<readonly string[]>[] = [];
  for (let at = 0; at < 9; at += 3) {
    runs.push(bench.batch(ids.slice(at, at + 3)));
    while ((await turns()).length < runs.length) await new Promise((resolve) => setImmediate(resolve));
  }
  await source.called;
  expect(await bench.batch(ids.slice(9, 12))).toEqual(ids.slice(9, 12));
  expect(await bench.batch(ids.slice(12), 5)).toEqual(ids.slice(12));
  expect(bench.hidden).toEqual([2, 2, 2, 6]);
  expect(await bench.row(ids[9] ?? ('' as DeliveryId))).toMatchObject({ state: 'due', attempts: 0 });

  source.answer(accepted);
  expect(await Promise.all(runs)).toEqual([[], [], []]);
  expect(bench.sent).toHaveLength(9);
  expect(await turns()).toEqual([]);
  expect(await bench.batch(ids.slice(9))).toEqual([]);
  expect(bench.sent).toHaveLength(13);
});

test('a message that was hidden often is delivered without a turn: hiding makes no dead letter of it', async () => {
  const ids = await queued(4);
  await bench.health.write(
    bench.sourceId,
    await bench.health.of(bench.sourceId, noHurry),
    {
      failuresInRow: 0,
      unaccepted: 0,
      turns: [1, 2, 3].map((seconds) => bench.now + seconds * 1000),
    },
    noHurry,
  );
  expect(await bench.batch(ids.slice(0, 3), 20)).toEqual(ids.slice(0, 3));
  expect(await bench.batch(ids.slice(3), 21)).toEqual([]);
  expect(bench.sent).toHaveLength(1);
});

test('a turn of a dead run expires', async () => {
  const ids = await queued(3);
  const known = await bench.health.of(bench.sourceId, noHurry);
  const taken = [1, 2, 3].map((seconds) => bench.now + seconds * 1000);
  await bench.health.write(bench.sourceId, known, { failuresInRow: 0, unaccepted: 0, turns: taken }, noHurry);
  bench.now += 3000;
  expect(await bench.batch(ids)).toEqual([]);
  expect(bench.sent).toHaveLength(3);
});

test('a source with one or two waiting takes no turn, and its health is read once for both', async () => {
  const ids = await queued(2);
  storage.proxy.forget();
  await bench.batch(ids);
  expect(bench.sent).toHaveLength(2);
  const calls = storage.proxy.calls().map((call) => call.split(' ')[0]);
  expect(calls.filter((call) => call === 'GetItem')).toHaveLength(1);
  expect(calls).not.toContain('PutItem');
});

test('behind an open breaker no turn is taken: each delivery waits for its time', async () => {
  const ids = await queued(3);
  const known = await bench.health.of(bench.sourceId, noHurry);
  const open = { failuresInRow: 5, unaccepted: 5, openUntil: bench.now + 30_000 };
  await bench.health.write(bench.sourceId, known, open, noHurry);
  expect(await bench.batch(ids)).toEqual([]);
  expect(bench.sent).toEqual([]);
  for (const id of ids) expect(await bench.row(id)).toMatchObject({ state: 'due', reason: 'SOURCE_UNREACHABLE' });
});

describe('a change that comes while the change before it is being reported', () => {
  const clickId = newClickId();

  async function changed(when: string): Promise<readonly DeliveryId[]> {
    bench.configure({ when, url: 'https://news.example/pb?id={external_id}&status={status}' });
    const ledger = new Ledger('update', 'T 1');
    let before: Conversion | undefined;
    for (const [at, status] of (['pending', 'approved'] as const).entries()) {
      ledger.say({ amount: '12.35', currency: 'USD', status, at: at * 60 }, 200 + at * 60);
      const after = conversionOf({ ...ledger.stored, clickId, source: bench.sourceId });
      await bench.change(before, after);
      before = after;
    }
    return bench.queued.splice(0);
  }

  const statuses = (): readonly (string | null)[] =>
    bench.sent.map(({ url }) => new URL(url).searchParams.get('status'));

  test('is tried again in seconds, and not by the sweep of the next minute', async () => {
    const [first, second] = await changed('each-status');
    const source = hanging();
    const run = bench.batch([first ?? ('' as DeliveryId)]);
    await source.called;
    expect(await bench.batch([second ?? ('' as DeliveryId)])).toEqual([second]);
    expect(bench.hidden).toEqual([2]);
    source.answer(accepted);
    await run;
    bench.now += 2000;
    expect(await bench.batch([second ?? ('' as DeliveryId)], 2)).toEqual([]);
    expect(statuses()).toEqual(['pending', 'approved']);
  });

  test('is tried again in seconds if it overtook the change before it in the queue', async () => {
    const [first, second] = await changed('each-status');
    expect(await bench.batch([second ?? ('' as DeliveryId)])).toEqual([second]);
    expect(bench.hidden).toEqual([2]);
    expect(await bench.batch([first ?? ('' as DeliveryId)])).toEqual([]);
    bench.now += 2000;
    expect(await bench.batch([second ?? ('' as DeliveryId)], 2)).toEqual([]);
    expect(statuses()).toEqual(['pending', 'approved']);
  });

  test('waits for the sweep if the change before it waits for its next try, or if it was hidden often', async () => {
    const [first, second] = await changed('each-status');
    expect(await bench.batch([second ?? ('' as DeliveryId)], 21)).toEqual([]);
    bench.answer = down;
    await bench.batch([first ?? ('' as DeliveryId)]);
    bench.now += 1000;
    expect(await bench.batch([second ?? ('' as DeliveryId)])).toEqual([]);
    expect(bench.hidden).toEqual([]);
    bench.answer = accepted;
    await bench.after(20_000);
    await bench.after(20_000);
    expect(statuses()).toEqual(['pending', 'pending', 'approved']);
  });
});
