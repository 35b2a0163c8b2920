import { dynamoDbClient } from '../../../lambdas/adapters/dynamodb';
import { factsCompaction } from '../../../lambdas/adapters/facts-compaction';
import { factsTable } from '../../../lambdas/adapters/facts-table';
import { readManifest } from '../../../lambdas/adapters/manifest';
import { compact, sweepObjects, type CompactionStores } from '../../../lambdas/compact/compact';
import { transactionIndex } from '../../../lambdas/adapters/transaction-index';
import { count } from '../../../lambdas/count/count';
import type { FactSet } from '../../../lambdas/domain/facts/columns';
import type { FactRow } from '../../../lambdas/domain/facts/rows';
import { FilesInMemory } from '../adapters/support/files-in-memory';
import { noHurry, startStorage, type Storage } from '../adapters/support/storage';
import { Shard } from '../count/shard';
import { Ledger } from '../domain/conversion/ledger';
import { clickOf, lookups, sumsOf } from '../domain/facts/support';
import { clickId, now } from '../domain/support/factories';

let storage: Storage;
let files: FilesInMemory;
let stores: CompactionStores;
let clock = now;
let ids = 0;

const day = 24 * 60 * 60 * 1000;
const never = () => false;

beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.stop());
beforeEach(() => {
  clock = now;
  files = new FilesInMemory();
  stores = {
    facts: factsCompaction(storage.client, 'Facts'),
    files,
    newId: () => `object-${String((ids += 1)).padStart(4, '0')}`,
    now: () => clock,
  };
});
afterEach(async () => {
  storage.proxy.heal();
  await storage.clear('facts');
});

const manifest = () => readManifest(storage.client, 'Facts', noHurry);
const rowsOf = async (set: FactSet): Promise<readonly FactRow[]> => {
  const { objects } = await manifest();
  const own = objects.filter((object) => object.set === set);
  return (await Promise.all(own.map(({ key }) => files.read(key, set, noHurry)))).flat();
};

/** Counts a shard in pieces of so many changes, each of which becomes an object. */
async function counted(set: FactSet, shard: Shard, size: number): Promise<void> {
  files.now = clock;
  const counting = {
    facts: factsTable(storage.client, 'Facts'),
    transactions: transactionIndex(storage.client, 'Facts'),
    files,
    lookupsFor: async () => lookups,
    newId: stores.newId,
    now: () => clock,
  };
  for (let from = 0; from < shard.records.length; from += size) {
    await count(set, shard.batch(from, from + size), counting, noHurry);
  }
}

function shardOfClicks(number: number, clickedAt: (index: number) => number): Shard {
  const shard = new Shard('Clicks');
  for (let index = 0; index < number; index++) {
    const at = clickedAt(index);
    shard.click(undefined, clickOf({ clickId: clickId(index + 1, at), clickedAt: at }));
  }
  return shard;
}

describe('compaction', () => {
  test('makes one object of a day of many, and no sum changes', async () => {
    await counted(
      'clicks',
      shardOfClicks(12, (index) => now + index * 1000),
      2,
    );
    const before = await rowsOf('clicks');

    expect(await compact(stores, noHurry, never)).toMatchObject({ inputs: 6, outputs: 1, left: 0 });

    const { objects } = await manifest();
    expect(objects.map(({ key, rows }) => [key.split('/')[1], rows])).toEqual([['2026-11-23', 12]]);
    expect(sumsOf(await rowsOf('clicks'))).toEqual(sumsOf(before));
  });

  test('creates a new version, and leaves nothing to do for the next run', async () => {
    await counted(
      'clicks',
      shardOfClicks(4, () => now),
      2,
    );
    const { version } = await manifest();
    await compact(stores, noHurry, never);
    const after = await manifest();
    expect(after.version).not.toBe(version);
    expect(await compact(stores, noHurry, never)).toMatchObject({ rounds: 0, inputs: 0 });
    expect(await manifest()).toEqual(after);
  });

  test('puts a click that waited for three days to the day on which it was clicked', async () => {
    await counted(
      'clicks',
      shardOfClicks(4, () => now - 3 * day),
      4,
    );
    await compact(stores, noHurry, never);
    const late = shardOfClicks(6, (index) => (index === 5 ? now - 3 * day : now));
    await counted('clicks', Object.assign(new Shard('Clicks', 'late'), { records: late.records }), 6);
    await compact(stores, noHurry, never);
    const { objects } = await manifest();
    expect(objects.map(({ key, rows }) => [key.split('/')[1], rows]).sort()).toEqual([
      ['2026-11-20', 5],
      ['2026-11-23', 5],
    ]);
  });

  test('takes out changes of a conversion that cancel', async () => {
    const shard = new Shard('Conversions');
    const ledger = new Ledger('update', 'T1');
    for (const said of [{ amount: '10' }, { status: 'reversed' }, { status: 'approved' }] as const) {
      const before = ledger.stored;
      ledger.say(said);
      shard.conversion(before, ledger.stored);
    }
    await counted('conversions', shard, 1);
    const before = await rowsOf('conversions');
    expect(before).toHaveLength(5);
    await compact(stores, noHurry, never);
    const after = await rowsOf('conversions');
    expect(after).toHaveLength(1);
    expect(sumsOf(after, [])).toEqual(sumsOf(before, []));
  });

  test('continues in the next run after running out of time, and readers in between see all rows', async () => {
    await counted(
      'clicks',
      shardOfClicks(90, () => now),
      1,
    );
    const before = sumsOf(await rowsOf('clicks'));
    let rounds = 0;
    expect(await compact(stores, noHurry, () => (rounds += 1) > 1)).toMatchObject({ rounds: 1, inputs: 40, left: 2 });
    expect(sumsOf(await rowsOf('clicks'))).toEqual(before);
    expect(await compact(stores, noHurry, never)).toMatchObject({ left: 0 });
    expect(sumsOf(await rowsOf('clicks'))).toEqual(before);
  });

  test('stops where another run is at work, and counts nothing twice', async () => {
    await counted(
      'clicks',
      shardOfClicks(6, () => now),
      2,
    );
    const before = sumsOf(await rowsOf('clicks'));
    const { facts } = stores;
    const slow: CompactionStores = {
      ...stores,
      facts: {
        ...facts,
        async replace(replacement, deadline) {
          await compact(stores, noHurry, never);
          return facts.replace(replacement, deadline);
        },
      },
    };
    expect(await compact(slow, noHurry, never)).toMatchObject({ rounds: 0, left: 1 });
    expect(sumsOf(await rowsOf('clicks'))).toEqual(before);
  });

  test('does not block count: rows counted meanwhile are there afterwards', async () => {
    await counted(
      'clicks',
      shardOfClicks(4, () => now),
      2,
    );
    const { facts } = stores;
    const busy: CompactionStores = {
      ...stores,
      facts: {
        ...facts,
        async replace(replacement, deadline) {
          const late = shardOfClicks(1, () => now);
          await counted('clicks', Object.assign(new Shard('Clicks', 'late'), { records: late.records }), 1);
          return facts.replace(replacement, deadline);
        },
      },
    };
    expect(await compact(busy, noHurry, never)).toMatchObject({ inputs: 2, left: 0 });
    expect(await rowsOf('clicks')).toHaveLength(5);
  });
});

describe('a click that is erased', () => {
  const clickedAt = now - 40 * day;
  const click = clickOf({ clickId: clickId(1, clickedAt), clickedAt });
  const erasing = () => {
    const shard = new Shard('Clicks', 'later');
    shard.erase(click);
    return shard;
  };

  test('loses its visitor at the next run, where its rows lie in a day of long ago, and stays counted', async () => {
    const first = new Shard('Clicks');
    first.click(undefined, click);
    for (const other of [2, 3]) first.click(undefined, clickOf({ clickId: clickId(other, clickedAt), clickedAt }));
    await counted('clicks', first, 3);
    await compact(stores, noHurry, never);
    await counted('clicks', erasing(), 1);

    expect(await compact(stores, noHurry, never)).toMatchObject({ inputs: 1, outputs: 1, erased: 1 });

    const rows = await rowsOf('clicks');
    expect(rows.map(({ click_id: id, sub1 }) => [id === '', sub1]).sort()).toEqual([
      [false, 'red'],
      [false, 'red'],
      [true, null],
    ]);
    expect(await stores.facts.erasures(noHurry)).toEqual([]);
    expect(await compact(stores, noHurry, never)).toMatchObject({ rounds: 0, erased: 0 });
  });

  test('that is erased again while a run is at work waits for the next one', async () => {
    await counted('clicks', erasing(), 1);
    const { facts } = stores;
    const again: CompactionStores = {
      ...stores,
      facts: {
        ...facts,
        async manifest(deadline) {
          const shard = new Shard('Clicks', 'again');
          shard.erase(click);
          await counted('clicks', shard, 1);
          return facts.manifest(deadline);
        },
      },
    };
    await compact(again, noHurry, never);
    expect(await stores.facts.erasures(noHurry)).toEqual([expect.objectContaining({ clickId: click.clickId })]);
  });
});

describe('objects that nothing names', () => {
  test('stay for a day after they were replaced, since a query may read them, and go then', async () => {
    await counted(
      'clicks',
      shardOfClicks(4, () => now),
      2,
    );
    clock += 2 * day;
    files.now = clock;
    await compact(stores, noHurry, never);
    expect(files.objects.size).toBe(3);
    expect(await sweepObjects(stores, noHurry)).toBe(0);
    clock += day + 1;
    expect(await sweepObjects(stores, noHurry)).toBe(2);
    expect([...files.objects.keys()]).toEqual((await manifest()).objects.map(({ key }) => key));
  });

  test('of a run that ended before it named them go after a day, and one that counts never does', async () => {
    await counted(
      'clicks',
      shardOfClicks(1, () => now),
      1,
    );
    files.now = clock;
    await files.write('clicks/counted/orphan.parquet', 'clicks', await rowsOf('clicks'), noHurry);
    expect(await sweepObjects(stores, noHurry)).toBe(0);
    clock += 400 * day;
    expect(await sweepObjects(stores, noHurry)).toBe(1);
    expect(await rowsOf('clicks')).toHaveLength(1);
  });
});

test('a reader who pages while objects are replaced reads them anew', async () => {
  await counted(
    'clicks',
    shardOfClicks(4, () => now),
    2,
  );
  const reader = dynamoDbClient();
  let answered = 0;
  const send: (...call: readonly unknown[]) => Promise<unknown> = reader.send.bind(reader) as never;
  Object.assign(reader, {
    send: async (...call: readonly unknown[]) => {
      const answer = await send(...call);
      answered += 1;
      // After the generation and the checkpoints, with the objects just read.
      if (answered === 3) await compact(stores, noHurry, never);
      return answer;
    },
  });
  const { objects } = await readManifest(reader, 'Facts', noHurry);
  reader.destroy();
  expect(answered).toBe(8);
  expect(objects.map(({ key }) => key.split('/')[1])).toEqual(['2026-11-23']);
});
