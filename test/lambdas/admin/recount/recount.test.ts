import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { readConversion } from '../../../../lambdas/adapters/conversion-item';
import { StorageFailure } from '../../../../lambdas/adapters/storage-failure';
import { factSets, quarterOf } from '../../../../lambdas/domain/facts/columns';
import { tableNames } from '../../../storage/local-dynamodb';
import { writeClickMessage } from '../../../../lambdas/domain/queue/message';
import { noHurry } from '../../adapters/support/storage';
import { beforeCalls } from '../support/before-calls';
import { RecountBench } from '../support/recount-bench';
import { clickOf, requestOf, waitingPostback } from '../support/tracker';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const bench = new RecountBench();

beforeAll(() => bench.start());
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.ahead(0);
  await bench.clear();
  bench.reset();
});

const rebuild = { purpose: 'rebuild' };
/** The clicks of `sales`, whose rows are old enough three days later. */
const repair = () => ({
  purpose: 'repair',
  since: new Date(Date.now() - 20 * day).toISOString(),
  until: new Date(Date.now() - day).toISOString(),
});

/** Clicks of five days in a row, each with a sale; then three days pass. */
async function sales(number: number): Promise<readonly string[]> {
  const clicks: string[] = [];
  for (let index = 0; index < number; index++) {
    const { clickId } = await bench.tracker.click({
      clickedAt: Date.now() - (2 + (index % 5)) * day,
      source: 'news',
      cost: '0.05',
    });
    await bench.tracker.postback({ clickid: clickId, amount: '12.50', txid: `T${index}` });
    clicks.push(clickId);
  }
  bench.ahead(3 * day);
  return clicks;
}

const rowsOf = async (clickIds: readonly string[]) => {
  const own = async (table: 'clicks' | 'conversions') =>
    (await bench.tracker.items(table)).filter((item) => clickIds.includes(item['clickId']?.S ?? ''));
  return { clicks: await own('clicks'), conversions: await own('conversions') };
};

describe('a repair', () => {
  test('adds what was never counted, once: the second one finds nothing', async () => {
    const clicks = await sales(6);
    await bench.count(await rowsOf(clicks.slice(0, 2)));
    const { version } = await bench.manifest();
    const period = repair();

    const ready = await bench.prepare(period);
    expect(ready).toMatchObject({ clicksAdded: 4, copiesRemoved: 0, corrections: 4, young: 0 });
    expect((await bench.manifest()).version).toBe(version);
    expect(await bench.drift()).not.toEqual([]);

    expect((await bench.take(ready['id'])).body).toMatchObject({ phase: 'taken' });
    expect(await bench.drift()).toEqual([]);
    expect((await bench.manifest()).version).not.toBe(version);
    // The answer that was lost is asked for again.
    expect((await bench.take(ready['id'])).body).toMatchObject({ phase: 'taken' });

    const again = await bench.prepare(period);
    expect(again).toMatchObject({ clicksAdded: 0, copiesRemoved: 0, corrections: 0 });
  });

  test('books corrections now, and names the cells that it changes', async () => {
    const [clickId = ''] = await sales(1);
    const ready = await bench.tracker.call('POST', '/reports/recount', { body: repair() });
    const steps = [await bench.step(ready.body['id']), await bench.step(ready.body['id'])];
    await bench.take(ready.body['id']);

    const [{ clickedAt } = { clickedAt: 0 }] = (await rowsOf([clickId])).clicks.map((row) => ({
      clickedAt: Number(row['clickedAt']?.N),
    }));
    const quarter = new Date(quarterOf(clickedAt) * 900_000).toISOString();
    const cell = { campaign: 'spring', quarter, count: 1 };
    expect(steps[1]?.body['cells']).toEqual([
      { ...cell, set: 'clicks', event: null, status: null, currency: null, amount: '0' },
      { ...cell, set: 'conversions', event: 'conversion', status: 'approved', currency: 'USD', amount: '12.5' },
    ]);
    const [row] = await bench.countedRows('conversions');
    expect(row?.['booked_quarter']).toBe(BigInt(quarterOf(Date.now())));
    const [click] = await bench.countedRows('clicks');
    expect([click?.['cost'], click?.['country'], click?.['source']]).toEqual([50_000n, null, 'news']);
  });

  test('takes back what was counted twice, in its own object and in others, and leaves the rest as it is', async () => {
    const clicks = await sales(5);
    await bench.count(await rowsOf(clicks));
    await bench.compact();
    await bench.count(await rowsOf(clicks.slice(0, 3)));
    const doubled = (await rowsOf(clicks.slice(4))).clicks;
    await bench.count({ clicks: [...doubled, ...doubled] });

    const ready = await bench.prepare(repair());
    expect(ready).toMatchObject({ clicksAdded: 0, copiesRemoved: 5, corrections: 3 });
    await bench.take(ready['id']);

    expect(await bench.drift()).toEqual([]);
    const ids = (await bench.countedRows('clicks')).map((row) => row['click_id']);
    expect(ids.toSorted()).toEqual([...clicks].toSorted());
  });

  test('leaves what may still be counted, and says how much', async () => {
    const old = await sales(2);
    const { clickId } = await bench.tracker.click({ clickedAt: Date.now() - day - 30 * minute });
    // Its sale comes late: the click is old, and its conversion is not.
    await bench.tracker.postback({ clickid: old[0] ?? '', amount: '1', txid: 'late' });

    const ready = await bench.prepare(repair());
    expect(ready).toMatchObject({ clicksAdded: 2, corrections: 1, young: 2 });
    await bench.take(ready['id']);
    await bench.count(await rowsOf([clickId]));
    expect((await bench.countedRows('clicks')).map((row) => row['click_id']).toSorted()).toEqual(
      [...old, clickId].toSorted(),
    );
  });

  test('goes by when a row was written: what waited in the queue for days may still be counted', async () => {
    const clickedAt = Date.now() - 5 * day;
    const late = clickOf({ clickedAt });
    await bench.tracker.deliver(writeClickMessage(late));
    const { clickId } = await bench.tracker.click({ clickedAt });
    const request = requestOf({ clickid: clickId, amount: '3' }, { receivedAt: clickedAt + 60_000 });
    await bench.tracker.deliver(waitingPostback(request));
    expect(await bench.tracker.conversionsOf(clickId)).toHaveLength(1);

    expect(await bench.prepare(repair())).toMatchObject({ clicksAdded: 1, corrections: 0, young: 2 });
    bench.ahead(3 * day);
    const again = { ...repair(), since: new Date(clickedAt - day).toISOString() };
    expect(await bench.prepare(again)).toMatchObject({ clicksAdded: 2, corrections: 1, young: 0 });
  });

  test('closes a gap of 25 hours, twice with the same result, also where the stream brings its changes after all', async () => {
    const period = {
      purpose: 'repair',
      since: new Date(Date.now() - day).toISOString(),
      until: new Date(Date.now() + 2 * day).toISOString(),
    };
    const sale = async (txid: string): Promise<string> => {
      const { clickId } = await bench.tracker.click({ clickedAt: Date.now(), source: 'news', cost: '0.05' });
      await bench.tracker.postback({ clickid: clickId, amount: '12.50', txid });
      return clickId;
    };
    const clicks = [await sale('gone'), await sale('late')];
    const late = { clicks: bench.shard('clicks'), conversions: bench.shard('conversions') };
    const rows = await rowsOf(clicks.slice(1));
    for (const set of factSets) for (const row of rows[set]) bench.change(late[set], set, undefined, row);

    bench.ahead(25 * hour + minute);
    await bench.count(await rowsOf([await sale('in time')]));
    expect(await bench.drift()).not.toEqual([]);

    const ready = await bench.prepare(period);
    expect(ready).toMatchObject({ clicksAdded: 2, copiesRemoved: 0, corrections: 2, young: 2 });
    for (const set of factSets) {
      expect(await bench.countShard(set, late[set])).toMatchObject({ records: 1, rows: 0, late: 1 });
    }
    await bench.take(ready['id']);
    expect(await bench.drift()).toEqual([]);
    expect(await bench.prepare(period)).toMatchObject({ clicksAdded: 0, copiesRemoved: 0, corrections: 0 });
  });

  test('keeps clicks whose rows have expired', async () => {
    const clicks = await sales(2);
    await bench.count(await rowsOf(clicks));
    const Key = { clickId: { S: clicks[0] ?? '' } };
    await bench.tracker.client.send(new DeleteItemCommand({ TableName: tableNames.clicks, Key }));

    expect(await bench.prepare(repair())).toMatchObject({ clicksAdded: 0, copiesRemoved: 0, corrections: 0 });
  });
});

describe('a rebuild', () => {
  test('fills a stage that has counted nothing, and books each conversion when it last changed', async () => {
    const clicks = await sales(7);
    const booked = (await rowsOf(clicks)).conversions.map((item) => BigInt(quarterOf(readConversion(item).changedAt)));

    const ready = await bench.prepare(rebuild);
    expect(await bench.countedRows('clicks')).toEqual([]);
    await bench.take(ready['id']);

    expect(await bench.drift()).toEqual([]);
    expect((await bench.countedRows('conversions')).map((row) => row['booked_quarter'])).toEqual(booked);
  });

  test('is brought into the manifest by the next compaction, and no number changes by it', async () => {
    await sales(7);
    await bench.take((await bench.prepare(rebuild))['id']);
    const before = await bench.manifest();

    await bench.compact();
    const after = await bench.manifest();
    expect([before.recount === undefined, after.recount]).toEqual([false, undefined]);
    expect(await bench.drift()).toEqual([]);
    const kinds = (await bench.tracker.items('facts')).map((item) => item['kind']?.S ?? '');
    expect(kinds.filter((kind) => kind.startsWith('recount#'))).toEqual([]);
    expect(await bench.prepare(rebuild)).toMatchObject({ clicksAdded: 0, copiesRemoved: 0, corrections: 0 });
  });

  test('that is settled anew after each failure counts everything once', async () => {
    await sales(7);
    await bench.count(await rowsOf((await bench.tracker.items('clicks')).flatMap((item) => item['clickId']?.S ?? [])));
    const doubled = (await bench.tracker.items('clicks')).slice(0, 2);
    await bench.count({ clicks: doubled });
    await bench.take((await bench.prepare(rebuild))['id']);

    let failing = 0;
    for (let isDone = false; !isDone; failing++) {
      let left = failing;
      const end = beforeCalls(bench.tracker.client, async (_, next) => {
        const answer = await next();
        if (left-- === 0) throw new Error('the answer was lost');
        return answer;
      });
      isDone = await bench.services.settle(noHurry).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof StorageFailure)) throw error;
          return false;
        },
      );
      end();
      expect(await bench.drift()).toEqual([]);
    }
    expect(failing).toBeGreaterThan(5);
    expect((await bench.manifest()).recount).toBeUndefined();
  });

  test.each(['before each object', 'after each step'] as const)(
    'that is killed %s goes on where it was',
    async (when) => {
      const clicks = await sales(7);
      await bench.count(await rowsOf(clicks.slice(0, 3)));
      await bench.count({ clicks: (await rowsOf(clicks.slice(0, 2))).clicks });
      const silence = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const { recounts } = bench.services;
      // Each run comes one object further than the one before.
      let [left, further] = [0, 0];
      if (when === 'before each object') {
        bench.files.beforeWrite = () => {
          if (left-- === 0) throw new StorageFailure('writing facts', new Error('killed'));
        };
      } else {
        const advance: typeof recounts.advance = async (...step) => {
          await recounts.advance(...step);
          throw new StorageFailure('noting a step', new Error('killed'));
        };
        bench.services = { ...bench.services, recounts: { ...recounts, advance } };
      }
      const ids = new Set<unknown>();
      const statuses = new Set<number>();
      let ready: Readonly<Record<string, unknown>> = {};
      for (let runs = 0; ready['phase'] !== 'ready'; runs++) {
        if (runs > 60) throw new Error('it never ends');
        left = further++;
        const begun = await bench.tracker.call('POST', '/reports/recount', { body: rebuild });
        ids.add(begun.body['id']);
        ready = begun.body;
        if (ready['phase'] !== 'ready') {
          const step = await bench.step(begun.body['id']);
          statuses.add(step.status);
        }
      }
      silence.mockRestore();
      expect([ids.size, further > 3]).toEqual([1, true]);
      expect([...statuses].filter((status) => status !== 200)).toEqual([503]);
      expect(ready).toMatchObject({ clicksAdded: 4, copiesRemoved: 2, corrections: 4 });
      await bench.take(ready['id']);
      expect(await bench.drift()).toEqual([]);
    },
  );

  test('lets counting go on: changes of old conversions and new clicks count once', async () => {
    const clicks = await sales(4);
    await bench.count(await rowsOf(clicks.slice(0, 2)));
    const begun = await bench.tracker.call('POST', '/reports/recount', { body: rebuild });
    const id = begun.body['id'];

    // One is reversed after it was scanned, one after it was compared; a click comes meanwhile.
    const reverse = async (clickId: string, txid: string): Promise<void> => {
      const [before] = (await rowsOf([clickId])).conversions;
      await bench.tracker.postback({ clickid: clickId, status: 'reversed', txid });
      const [after] = (await rowsOf([clickId])).conversions;
      const shard = bench.shard('conversions');
      bench.change(shard, 'conversions', before, after);
      await bench.countShard('conversions', shard);
    };
    await bench.step(id);
    await reverse(clicks[0] ?? '', 'T0');
    await reverse(clicks[2] ?? '', 'T2');
    const { clickId } = await bench.tracker.click({ clickedAt: Date.now() });
    await bench.count({ clicks: (await rowsOf([clickId])).clicks });
    const ready = await bench.prepare(rebuild);
    expect(ready['id']).toBe(id);
    await reverse(clicks[3] ?? '', 'T3');
    await bench.take(id);
    await reverse(clicks[1] ?? '', 'T1');

    expect(await bench.drift()).toEqual([]);
    await bench.compact();
    expect(await bench.drift()).toEqual([]);
  });

  test('holds compaction back until it is taken, and loses nobody who is erased meanwhile', async () => {
    const [clickId = ''] = await sales(3);
    const ready = await bench.prepare(rebuild);
    const shard = bench.shard('clicks');
    const [before] = (await rowsOf([clickId])).clicks;
    await bench.tracker.call('DELETE', `/clicks/${clickId}`);
    bench.change(shard, 'clicks', before, (await rowsOf([clickId])).clicks[0]);
    await bench.countShard('clicks', shard);

    expect(await bench.compact()).toMatchObject({ held: true, erased: 0 });
    await bench.take(ready['id']);
    expect(await bench.compact()).toMatchObject({ erased: 1 });
    const rows = [...(await bench.countedRows('clicks')), ...(await bench.countedRows('conversions'))];
    expect(rows.filter((row) => row['click_id'] === clickId)).toEqual([]);
    expect(rows.filter((row) => row['click_id'] === '')).toHaveLength(2);
  });

  test('that others have overtaken is given up, and changes nothing', async () => {
    const clicks = await sales(3);
    await bench.count(await rowsOf(clicks.slice(0, 1)));
    await bench.count(await rowsOf(clicks.slice(1, 2)));
    const ready = await bench.prepare(rebuild);
    bench.ahead(3 * day + 3 * 3_600_000);
    // After two hours it has lapsed: objects are put together again.
    await bench.compact();
    const { version } = await bench.manifest();
    expect((await bench.take(ready['id'])).status).toBe(409);
    bench.ahead(3 * day);
    expect((await bench.take(ready['id'])).body).toMatchObject({ error: 'RECOUNT_CONFLICT' });
    expect((await bench.take(ready['id'])).status).toBe(404);
    expect((await bench.manifest()).version).toBe(version);
    await bench.take((await bench.prepare(rebuild))['id']);
    expect(await bench.drift()).toEqual([]);
  });
});

describe('recounts', () => {
  test('are one at a time: another waits, and a repair takes the place of a former one of the same person', async () => {
    await sales(1);
    const period = repair();
    const first = await bench.prepare(period, 'arn:anna');
    const other = { ...period, until: new Date(Date.parse(period.until) - day).toISOString() };
    const ask = (body: object, author: string) => bench.tracker.call('POST', '/reports/recount', { body, author });

    expect((await ask(rebuild, 'arn:anna')).body).toMatchObject({ error: 'RECOUNT_CONFLICT' });
    expect((await ask(other, 'arn:ben')).text).toContain('arn:anna is under way');
    const second = await ask(other, 'arn:anna');
    expect([second.status, second.body['id'] === first['id']]).toEqual([201, false]);
    expect((await bench.step(first['id'])).status).toBe(404);
  });

  test('that are discarded leave nothing', async () => {
    await sales(2);
    const ready = await bench.prepare(repair());
    const body = { id: ready['id'] };
    expect((await bench.tracker.call('POST', '/reports/recount/discard', { body })).status).toBe(204);
    const kinds = (await bench.tracker.items('facts')).map((item) => item['kind']?.S ?? '');
    expect(kinds.filter((kind) => kind.startsWith('recount'))).toEqual([]);
    expect((await bench.tracker.call('GET', '/reports/recount')).status).toBe(404);
    expect((await bench.take(ready['id'])).status).toBe(404);
  });

  test.each([
    [{ purpose: 'fix' }, 'purpose'],
    [{ purpose: 'repair', since: '2026-01-01', until: '2026-03-01' }, 'must be at most 31 days before until'],
    [{ purpose: 'rebuild', campaign: 'spring' }, 'is no field here'],
  ])('of something else are rejected: %j', async (body, problem) => {
    const reply = await bench.tracker.call('POST', '/reports/recount', { body });
    expect([reply.status, reply.text.includes(problem)]).toEqual([400, true]);
  });
});
