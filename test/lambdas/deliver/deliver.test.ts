import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import type { PostbackMode } from '../../../lambdas/domain/configuration/outbound-postback';
import { deliveryIdOf, type DeliveryId } from '../../../lambdas/domain/outbound/delivery-id';
import { newClickId } from '../adapters/support/claims';
import { startStorage, type Storage } from '../adapters/support/storage';
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
  bench = new Bench(storage, `source-${benches}`);
});
afterEach(() => storage.proxy.heal());

const aConversion = (fields: Partial<Conversion> = {}): Conversion =>
  conversionOf({ clickId: newClickId(), source: bench.sourceId, ...fields });

async function dispatched(conversion: Conversion = aConversion()): Promise<DeliveryId> {
  await bench.change(undefined, conversion);
  const [id] = bench.queued;
  if (id === undefined) throw new Error('nothing was queued');
  return id;
}

const minute = 60_000;
const hour = 60 * minute;

describe('a new conversion', () => {
  test('is reported once, though the stream brings its change a hundred times and the queue each message twice', async () => {
    bench.configure({ url: 'https://news.example/pb?id={external_id}&sum={payout}' });
    const { planned } = await bench.change(undefined, aConversion(), 100);
    bench.queued.push(...bench.queued);
    await bench.work();
    expect(planned).toBe(100);
    expect(bench.sent.map(({ url }) => url)).toEqual(['https://news.example/pb?id=ext-1&sum=12.35']);
  });

  test('of a source without postbacks asks the table for nothing', async () => {
    bench.configure();
    storage.proxy.forget();
    expect(await bench.change(undefined, aConversion())).toMatchObject({ planned: 0, queued: 0 });
    expect(storage.proxy.calls()).toEqual([]);
  });

  test('that is a test is kept as skipped, and no request is made', async () => {
    bench.configure({});
    const test = aConversion({ test: true });
    await bench.change(undefined, test);
    expect(bench.queued).toEqual([]);
    const row = await bench.row(deliveryIdOf(test, bench.sourceId, 'main', `skipped ${test.version}`));
    expect(row).toMatchObject({ state: 'skipped', reason: 'TEST_CONVERSION' });
  });

  test('is queued by the next run where the one before died between storing and queueing it', async () => {
    bench.configure({});
    const conversion = aConversion();
    bench.rejects = true;
    expect(await bench.change(undefined, conversion)).toMatchObject({ queued: 0, failedFrom: '1' });
    bench.rejects = false;
    expect(await bench.change(undefined, conversion)).toMatchObject({ queued: 1, failedFrom: undefined });
  });

  test('is reported as it was first, though its first write is throttled and its next change is in the same batch', async () => {
    bench.configure({ url: 'https://news.example/pb?status={status}' });
    const first = aConversion({ status: 'pending' });
    const second = { ...first, version: first.version + 1, status: 'approved' as const };
    storage.proxy.break({ operation: 'PutItem', fault: 'throttle', times: 1 });
    await bench.changes([
      [undefined, first],
      [first, second],
    ]);
    await bench.work();
    expect(bench.sent.map(({ url }) => url)).toEqual(['https://news.example/pb?status=pending']);
  });

  test('whose delivery the table does not take comes again with all after it, and nothing before it', async () => {
    bench.configure({});
    storage.proxy.break({ operation: 'PutItem', fault: 'error' });
    expect(await bench.change(undefined, aConversion(), 2)).toMatchObject({ queued: 0, failedFrom: '1' });
  });
});

describe('a sale that is pending, approved and then reversed', () => {
  const clickId = newClickId();

  /** Reports each change before the next one comes, the last of which is a postback that is older than what is stored. */
  async function told(when: PostbackMode): Promise<readonly (string | null)[]> {
    bench.configure({ when, url: 'https://news.example/pb?id={external_id}&status={status}' });
    const ledger = new Ledger('update', 'T 1');
    let before: Conversion | undefined;
    for (const { status, at } of [
      { status: 'pending', at: 0 },
      { status: 'approved', at: 60 },
      { status: 'reversed', at: 120 },
      { status: 'approved', at: 30 },
    ] as const) {
      ledger.say({ amount: '12.35', currency: 'USD', status, at }, 200 + at);
      const after = aConversion({ ...ledger.stored, clickId, source: bench.sourceId });
      await bench.change(before, after);
      await bench.work();
      before = after;
    }
    return bench.sent.map(({ url }) => new URL(url).searchParams.get('status'));
  }

  test.each([
    ['every-change', ['pending', 'approved', 'reversed']],
    ['each-status', ['pending', 'approved', 'reversed']],
    ['first', ['pending']],
  ] as const)('is told %s by %j, and nothing of what came too late', async (when, statuses) => {
    expect(await told(when)).toEqual(statuses);
  });
});

describe('an answer', () => {
  test('of 200 settles the delivery, with what was asked and answered', async () => {
    bench.configure({});
    const id = await dispatched();
    await bench.work();
    expect(await bench.row(id)).toMatchObject({
      state: 'delivered',
      reason: 'ACCEPTED',
      attempts: 1,
      answer: { httpStatus: 200, text: 'OK' },
      request: { method: 'GET', url: 'https://news.example/pb' },
    });
    expect(await bench.after(24 * hour)).toEqual([]);
  });

  test('of 400 fails it with the words of the source, in which a secret is masked', async () => {
    bench.configure({ url: 'https://news.example/pb?key={secret:KEY}' });
    bench.secrets = { KEY: 's3cret/value' };
    bench.answer = { httpStatus: 400, text: 'unknown key s3cret/value' };
    const id = await dispatched();
    await bench.work();
    expect(bench.sent[0]?.url).toContain('s3cret');
    const row = await bench.row(id);
    expect(row).toMatchObject({ state: 'failed', reason: 'REFUSED', detail: 'unknown key ***' });
    expect(JSON.stringify(row)).not.toContain('s3cret');
  });

  test('of 503 is tried again after the pauses of the schedule, and given up after three days', async () => {
    bench.configure({});
    bench.answer = down;
    const id = await dispatched();
    await bench.work();
    const { dueAt = 0 } = await bench.row(id);
    expect(dueAt - bench.now).toBe(10_000);
    expect(await bench.after(9_000)).toEqual([]);
    await bench.after(1_000);
    expect(bench.sent).toHaveLength(2);
    for (let days = 0; days < 4 * 24; days += 1) await bench.after(hour);
    const row = await bench.row(id);
    expect(row).toMatchObject({ state: 'exhausted', reason: 'SERVER_ERROR' });
    expect(row.dueAt).toBeUndefined();
    expect(bench.sent.length).toBe(row.attempts);
  });

  test('that comes after some failures settles it, and its index entry is gone', async () => {
    bench.configure({});
    bench.answer = down;
    const id = await dispatched();
    await bench.work();
    bench.answer = accepted;
    await bench.after(minute);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 2 });
    const items = await storage.items('deliveries');
    expect(items.filter(({ dueShard, clickId }) => dueShard !== undefined && clickId?.S !== undefined)).toEqual(
      items.filter(({ state, dueShard }) => dueShard !== undefined && state?.S !== 'delivered'),
    );
  });
});

describe('a delivery', () => {
  test('is not tried twice at a time: a second message finds it taken', async () => {
    bench.configure({});
    const id = await dispatched();
    const both = await Promise.allSettled([bench.deliver(id), bench.deliver(id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(bench.sent).toHaveLength(1);
    expect(await bench.deliver(id)).toEqual({ kind: 'none' });
  });

  test('whose first run died is not lost with the message that found it taken: that one comes back', async () => {
    bench.configure({});
    const id = await dispatched();
    bench.answerTo = () => {
      throw new Error('the function dies');
    };
    await expect(bench.deliver(id)).rejects.toThrow('the function dies');
    await expect(bench.deliver(id)).rejects.toThrow('another run has claimed it');
    bench.answerTo = () => accepted;
    bench.now += 6 * minute;
    await bench.deliver(id);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered' });
  });

  test('is one row and has one ID, though its change comes twice, dispatch dies before it is done, and deliver after the 200', async () => {
    bench.configure({ url: 'https://news.example/pb?id={delivery_id}' });
    const conversion = aConversion();
    const id = await dispatched(conversion);
    await bench.change(undefined, conversion, 2);
    expect(bench.queued).toEqual([id, id, id]);
    bench.answerTo = () => {
      throw new Error('the function dies');
    };
    await expect(bench.deliver(id)).rejects.toThrow('the function dies');
    bench.answerTo = () => accepted;
    bench.now += 6 * minute;
    await bench.work();
    expect(bench.sent.map(({ url }) => url)).toEqual(Array(2).fill(`https://news.example/pb?id=${id}`));
    expect(await bench.rowsBeside(id)).toMatchObject([{ id, state: 'delivered', attempts: 1 }]);
  });

  test('whose result the table does not take is sent once more, and charged to the source once', async () => {
    bench.configure({});
    const id = await dispatched();
    bench.answerTo = () => {
      storage.proxy.break({ operation: 'UpdateItem', fault: 'throttle' });
      return down;
    };
    await expect(bench.deliver(id)).rejects.toThrow('settling a delivery');
    storage.proxy.heal();
    expect(await bench.row(id)).toMatchObject({ state: 'due', attempts: 0 });
    bench.answerTo = () => accepted;
    bench.now += 6 * minute;
    await bench.deliver(id);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(bench.sent).toHaveLength(2);
  });

  test('that is claimed by a call whose answer is lost is ours, and is sent', async () => {
    bench.configure({});
    const id = await dispatched();
    storage.proxy.break({ operation: 'UpdateItem', fault: 'lose-answer', times: 1 });
    await bench.deliver(id);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  test('whose postback was removed is held, and sent when the source has it again', async () => {
    bench.configure({});
    const id = await dispatched();
    bench.configure({ id: 'other' });
    await bench.work();
    expect(await bench.row(id)).toMatchObject({ state: 'held', reason: 'POSTBACK_GONE', attempts: 0 });
    bench.configure({});
    await bench.after(15 * minute);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered' });
  });

  test('without its secret is held and costs the source no attempt', async () => {
    bench.configure({ url: 'https://news.example/pb?key={secret:KEY}' });
    const id = await dispatched();
    await bench.work();
    expect(await bench.row(id)).toMatchObject({ state: 'held', reason: 'SECRET_MISSING', attempts: 0 });
    bench.secrets = { KEY: 'now' };
    await bench.after(15 * minute);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  test('that a newer change has overtaken is superseded: the last state is the last that the source hears of', async () => {
    bench.configure({ when: 'every-change' });
    const first = aConversion();
    const second = { ...first, version: first.version + 1, status: 'rejected' as const };
    const id = await dispatched(first);
    await bench.change(first, second);
    await bench.work();
    expect(await bench.row(id)).toMatchObject({ state: 'superseded', reason: 'NEWER_CHANGE', attempts: 0 });
    expect(bench.sent).toHaveLength(1);
  });

  test('is left as it was where storage fails before the call', async () => {
    bench.configure({});
    const id = await dispatched();
    storage.proxy.break({ operation: 'UpdateItem', fault: 'error' });
    await expect(bench.work()).rejects.toThrow('claiming a delivery');
    storage.proxy.heal();
    expect(bench.sent).toEqual([]);
    expect(await bench.row(id)).toMatchObject({ state: 'due', attempts: 0 });
  });
});

describe('a source that does not answer', () => {
  test('is called by one delivery at a time after five failures in a row, and the others wait without an attempt', async () => {
    bench.configure({});
    bench.answer = down;
    for (let at = 0; at < 5; at += 1) await bench.change(undefined, aConversion());
    await bench.work();
    bench.queued.splice(0);
    const id = await dispatched();
    await bench.work();
    expect(bench.sent).toHaveLength(5);
    expect(await bench.row(id)).toMatchObject({ state: 'due', reason: 'SOURCE_UNREACHABLE', attempts: 0 });
    bench.answer = accepted;
    await bench.after(hour);
    await bench.after(hour);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  test('for three days is suspended: its deliveries are held, none is dropped, and a new configuration lets them go', async () => {
    bench.configure({});
    bench.answer = { httpStatus: 404, text: 'no such offer' };
    for (let at = 0; at < 20; at += 1) {
      await bench.change(undefined, aConversion());
      const done = await bench.work();
      const isLast = at === 19;
      expect(done).toMatchObject([{ kind: 'settled', turn: isLast ? 'suspended' : undefined }]);
      if (!isLast) bench.now += 4 * hour;
    }
    const id = await dispatched();
    await bench.work();
    expect(bench.sent).toHaveLength(20);
    expect(await bench.row(id)).toMatchObject({ state: 'held', reason: 'SOURCE_SUSPENDED', attempts: 0 });
    bench.answer = accepted;
    bench.configure({});
    await bench.after(15 * minute);
    expect(await bench.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });
});
