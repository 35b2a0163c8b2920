import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { factsTable } from '../../../lambdas/adapters/facts-table';
import { readConversion } from '../../../lambdas/adapters/conversion-item';
import { transactionIndex, transactionReader } from '../../../lambdas/adapters/transaction-index';
import { readManifest } from '../../../lambdas/adapters/manifest';
import { count, type CountStores } from '../../../lambdas/count/count';
import { maximumAside } from '../../../lambdas/count/gather';
import { transactionDigest } from '../../../lambdas/domain/conversion/transaction-index';
import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import { erasedConversion } from '../../../lambdas/domain/conversion/erasure';
import { conversionChanges } from '../../../lambdas/domain/facts/changes';
import type { FactRow } from '../../../lambdas/domain/facts/rows';
import { clickFact } from '../../../lambdas/domain/facts/click-fact';
import { quarterOf, type FactSet } from '../../../lambdas/domain/facts/columns';
import { FilesInMemory } from '../adapters/support/files-in-memory';
import { noHurry, startStorage, type Storage } from '../adapters/support/storage';
import { runs } from '../domain/conversion/arbitraries';
import { Ledger } from '../domain/conversion/ledger';
import { clickOf, lookups, sumsOf } from '../domain/facts/support';
import { clickId, now } from '../domain/support/factories';
import { Shard } from './shard';

let storage: Storage;
let files: FilesInMemory;
let stores: CountStores;
let ids = 0;

beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.stop());
beforeEach(() => {
  files = new FilesInMemory();
  stores = {
    facts: factsTable(storage.client, 'Facts'),
    transactions: transactionIndex(storage.client, 'Facts'),
    files,
    lookupsFor: async () => lookups,
    newId: () => `object-${(ids += 1)}`,
    now: () => now,
  };
});
afterEach(async () => {
  storage.proxy.heal();
  await storage.clear('facts');
});

const manifest = () => readManifest(storage.client, 'Facts', noHurry);

/** Every row that counts. */
async function counted(set: FactSet): Promise<readonly FactRow[]> {
  const { objects } = await manifest();
  const rows = await Promise.all(
    objects.filter((object) => object.set === set).map(({ key }) => files.read(key, set, noHurry)),
  );
  return rows.flat();
}

const rowsOfKind = async (kind: string) =>
  (await storage.items('facts')).map((item) => unmarshall(item)).filter((row) => row['kind'] === kind);

const clicks = (number: number, from = 0) =>
  Array.from({ length: number }, (_, index) =>
    clickOf({ clickId: clickId(from + index + 1), clickedAt: now + index * 1000 }),
  );

describe('a batch of a shard', () => {
  test('becomes one object that the manifest names with what is in it, and moves the checkpoint', async () => {
    const shard = new Shard('Clicks');
    for (const click of clicks(3)) shard.click(undefined, click);

    expect(await count('clicks', shard.batch(), stores, noHurry)).toMatchObject({ records: 3, rows: 3, objects: 1 });

    const { objects, countedThrough, version } = await manifest();
    expect(objects).toEqual([
      {
        key: expect.stringMatching(/^clicks\/counted\/object-\d+\.parquet$/),
        set: 'clicks',
        rows: 3,
        bytes: [...files.objects.values()][0]?.bytes.length,
        click: { first: quarterOf(now), last: quarterOf(now) },
      },
    ]);
    expect(countedThrough).toBe(now + 2000);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(await counted('clicks')).toEqual(clicks(3).map((click) => clickFact(click, lookups)));
  });

  test('that comes again counts nothing, and writes nothing', async () => {
    const shard = new Shard('Clicks');
    for (const click of clicks(3)) shard.click(undefined, click);
    await count('clicks', shard.batch(), stores, noHurry);
    const before = await manifest();
    expect(await count('clicks', shard.batch(), stores, noHurry)).toMatchObject({ rows: 0, repeated: 3 });
    expect(await manifest()).toEqual(before);
    expect(files.objects.size).toBe(1);
  });

  test('belongs to its shard: another one of the same stream has a separate checkpoint', async () => {
    const [one, other] = [new Shard('Clicks', 'shardId-1'), new Shard('Clicks', 'shardId-2')];
    for (const [index, click] of clicks(2).entries()) (index === 0 ? one : other).click(undefined, click);
    await count('clicks', one.batch(), stores, noHurry);
    await count('clicks', other.batch(), stores, noHurry);
    expect(await counted('clicks')).toHaveLength(2);
  });

  test('of changes that count nothing moves the checkpoint alone', async () => {
    const shard = new Shard('Clicks');
    const [click] = clicks(1);
    shard.click(click, click);
    await count('clicks', shard.batch(), stores, noHurry);
    expect(await manifest()).toMatchObject({ objects: [], countedThrough: now });
    expect(files.objects.size).toBe(0);
  });
});

describe('a change that comes after more than a day', () => {
  const later = (milliseconds: number): CountStores => ({ ...stores, now: () => now + milliseconds });
  const day = 86_400_000;

  test('counts while the stream promises it, and not when a recount may have counted its row', async () => {
    const shard = new Shard('Clicks');
    for (const click of clicks(3)) shard.click(undefined, click);

    // The changes are a second apart: of these, the first alone is too old.
    const halfAnHour = 1_800_000;
    const result = await count('clicks', shard.batch(), later(day + halfAnHour + 1), noHurry);
    expect(result).toMatchObject({ records: 3, rows: 2, late: 1, uncounted: 0 });
    expect(await counted('clicks')).toEqual(
      clicks(3)
        .slice(1)
        .map((click) => clickFact(click, lookups)),
    );
    expect(await count('clicks', shard.batch(), later(day), noHurry)).toMatchObject({ rows: 0, late: 0, repeated: 3 });
  });

  test('still forgets the person whom it erases', async () => {
    const shard = new Shard('Clicks');
    const [click] = clicks(1);
    if (click === undefined) throw new Error('there is no click');
    shard.erase(click);
    expect(await count('clicks', shard.batch(), later(2 * day), noHurry)).toMatchObject({ erasures: 1, late: 0 });
    expect(await rowsOfKind('erasure')).toEqual([expect.objectContaining({ name: click.clickId })]);
  });
});

describe('a change that cannot be read', () => {
  test('is put aside with its key and its reason, and those around it are counted', async () => {
    const shard = new Shard('Clicks');
    const [first, second] = clicks(2);
    shard.click(undefined, first);
    shard.change({ clickId: 'odd' }, undefined, marshall({ clickId: 'odd', campaign: 5 }));
    shard.click(undefined, second);

    expect(await count('clicks', shard.batch(), stores, noHurry)).toMatchObject({ rows: 2, uncounted: 1 });

    expect(await counted('clicks')).toHaveLength(2);
    expect(await rowsOfKind('uncounted')).toEqual([
      expect.objectContaining({ key: { clickId: 'odd' }, at: now + 1000, why: expect.stringContaining('campaign') }),
    ]);
    expect(await count('clicks', shard.batch(), stores, noHurry)).toMatchObject({ uncounted: 0, repeated: 3 });
  });

  test('is put aside also where there are more of them than one transaction takes', async () => {
    const shard = new Shard('Conversions');
    const number = 2 * maximumAside + 5;
    for (let odd = 0; odd < number; odd++) {
      shard.change({ clickId: `odd-${odd}`, conversionKey: 'sale#' }, undefined, marshall({ clickId: `odd-${odd}` }));
    }
    expect(await count('conversions', shard.batch(), stores, noHurry)).toMatchObject({ uncounted: number });
    expect(await rowsOfKind('uncounted')).toHaveLength(number);
  });
});

test('an erased click stays counted, and waits to lose its visitor', async () => {
  const [click] = clicks(1);
  if (click === undefined) throw new Error('there is a click');
  const shard = new Shard('Clicks');
  shard.click(undefined, click);
  shard.erase(click);
  const conversions = new Shard('Conversions');
  const ledger = new Ledger('update', 'T1');
  ledger.say({ amount: '10' });
  conversions.conversion(undefined, ledger.stored);
  conversions.conversion(ledger.stored, ledger.stored && erasedConversion(ledger.stored));

  await count('clicks', shard.batch(), stores, noHurry);
  await count('conversions', conversions.batch(), stores, noHurry);

  expect(await counted('clicks')).toHaveLength(1);
  expect((await rowsOfKind('erasure')).map(({ name }) => name)).toEqual([click.clickId]);
});

describe('the index of transaction IDs', () => {
  function sale(transactionId: string, clickNumber: number): Conversion {
    const ledger = new Ledger('update', transactionId);
    ledger.say({ amount: '10' });
    if (ledger.stored === undefined) throw new Error('a sale is stored');
    return { ...ledger.stored, clickId: clickId(clickNumber) };
  }
  const clicksOf = async (transactionId: string) =>
    (await transactionReader(storage.client, 'Facts').clicksOf(transactionId, { limit: 100 }, noHurry)).clickIds;

  test('leads from a transaction ID to every click that it was recorded for, and holds neither the ID nor a word more', async () => {
    const shard = new Shard('Conversions');
    for (const [transactionId, number] of [
      ['bob@example.com', 1],
      ['bob@example.com', 2],
      ['T2', 3],
    ] as const) {
      shard.conversion(undefined, sale(transactionId, number));
    }
    await count('conversions', shard.batch(), stores, noHurry);
    expect(await clicksOf('bob@example.com')).toEqual([clickId(1), clickId(2)]);
    expect([await clicksOf('T2'), await clicksOf('T3')]).toEqual([[clickId(3)], []]);
    const written = (await rowsOfKind(`transaction#${transactionDigest('bob@example.com')}`)).map((row) =>
      Object.keys(row).sort(),
    );
    expect(written).toEqual([
      ['kind', 'name'],
      ['kind', 'name'],
    ]);
  });

  test('is written once for a conversion, however often that changes, and before its change counts', async () => {
    const shard = shardOfSale(4);
    let applied = 0;
    const transactions: CountStores['transactions'] = {
      async apply(changes, deadline) {
        applied += changes.length;
        await stores.transactions.apply(changes, deadline);
      },
    };
    await expect(
      count('conversions', shard.batch(), { ...withMishap('after object'), transactions }, noHurry),
    ).rejects.toThrow(Mishap);
    expect(await clicksOf('T1')).toHaveLength(1);
    await count('conversions', shard.batch(), { ...stores, transactions }, noHurry);
    await count('conversions', shard.batch(), { ...stores, transactions }, noHurry);
    expect([applied, await clicksOf('T1')]).toEqual([2, [expect.any(String)]]);
  });

  test('forgets the transaction of a person who is forgotten, also where both come in one batch', async () => {
    const [standing, gone] = [sale('T1', 1), sale('T1', 2)];
    const shard = new Shard('Conversions');
    for (const one of [standing, gone]) shard.conversion(undefined, one);
    shard.conversion(gone, erasedConversion(gone));
    await count('conversions', shard.batch(0, 2), stores, noHurry);
    expect(await clicksOf('T1')).toHaveLength(2);
    await count('conversions', shard.batch(), stores, noHurry);
    expect(await clicksOf('T1')).toEqual([clickId(1)]);
    await storage.clear('facts');
    await count('conversions', shard.batch(), stores, noHurry);
    expect(await clicksOf('T1')).toEqual([clickId(1)]);
  });

  test('that cannot be written lets nothing count: the same changes come again', async () => {
    const transactions: CountStores['transactions'] = { apply: () => Promise.reject(new Mishap()) };
    const shard = shardOfSale(1);
    await expect(count('conversions', shard.batch(), { ...stores, transactions }, noHurry)).rejects.toThrow(Mishap);
    expect(await counted('conversions')).toEqual([]);
  });
});

/** What may happen on the way: nothing, a failure before or after a write, an answer that is lost. */
const mishaps = ['none', 'before object', 'after object', 'answer lost', 'overtaken'] as const;

describe('whatever goes wrong, however often', () => {
  const deliveries = fc.array(
    fc.record({
      from: fc.nat({ max: 30 }),
      size: fc.integer({ min: 1, max: 12 }),
      mishap: fc.constantFrom(...mishaps),
    }),
    { maxLength: 12 },
  );

  test('every change counts once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 15 }), deliveries, async (length, all) => {
        await storage.clear('facts');
        const shard = shardOfSale(length);
        let reached = 0;
        for (const { from, size, mishap } of all) {
          const start = from % (reached + 1);
          const batch = shard.batch(start, Math.min(length, start + size));
          try {
            await count('conversions', batch, withMishap(mishap), noHurry);
          } catch (error) {
            if (!(error instanceof Mishap)) throw error;
            // Lambda goes on after a batch that was taken, and not before.
            continue;
          }
          reached = Math.max(reached, Math.min(length, start + size));
        }
        files.beforeWrite = () => undefined;
        await count('conversions', shard.batch(reached), stores, noHurry);
        expect(sumsOf(await counted('conversions'))).toEqual(expectedOf(shard));
      }),
      runs(1 / 20),
    );
  });

  test('and without the condition on the checkpoint it would count twice', async () => {
    const shard = shardOfSale(5);
    const { facts } = stores;
    // A zombie: it read the checkpoint before the other run moved it.
    const readBefore = [await facts.checkpointOf('conversions#2026-11-23T00:00:00.000#shardId-1', noHurry)];
    const zombie: CountStores['facts'] = {
      ...facts,
      checkpointOf: async (...asked) => (readBefore.length > 0 ? readBefore.pop() : facts.checkpointOf(...asked)),
    };
    await count('conversions', shard.batch(), stores, noHurry);
    await count('conversions', shard.batch(), { ...stores, facts: zombie }, noHurry);
    expect(sumsOf(await counted('conversions'))).toEqual(expectedOf(shard));

    readBefore.push(undefined);
    const unconditional: CountStores['facts'] = {
      ...zombie,
      count: async (step, ...rest) =>
        facts.count({ ...step, before: await facts.checkpointOf(step.shard, noHurry) }, ...rest),
    };
    await count('conversions', shard.batch(), { ...stores, facts: unconditional }, noHurry);
    expect(sumsOf(await counted('conversions'))).not.toEqual(expectedOf(shard));
  });
});

class Mishap extends Error {}

/** The stores, which fail as told at the next write. */
function withMishap(mishap: (typeof mishaps)[number]): CountStores {
  files.beforeWrite = () => {
    if (mishap === 'before object') throw new Mishap();
  };
  let isDone = false;
  return {
    ...stores,
    facts: {
      ...stores.facts,
      async count(step, ...rest) {
        if (mishap === 'after object') throw new Mishap();
        if (isDone || mishap === 'none' || mishap === 'before object') return stores.facts.count(step, ...rest);
        isDone = true;
        // Another run of the same batch comes between the reading of the checkpoint and its move.
        const outcome = await stores.facts.count(step, ...rest);
        if (mishap === 'answer lost') throw new Mishap();
        expect(outcome).toBe('counted');
        return stores.facts.count(step, ...rest);
      },
    },
  };
}

/** The changes of one sale: another amount each time, and another status at times. */
function shardOfSale(length: number): Shard {
  const shard = new Shard('Conversions');
  const ledger = new Ledger('update', 'T1');
  for (let at = 0; at < length; at++) {
    const before = ledger.stored;
    ledger.say(at % 4 === 3 ? { status: 'reversed' } : { amount: String(at + 1), status: 'approved' }, at);
    shard.conversion(before, ledger.stored);
  }
  return shard;
}

/** What the last state of the sale counts. */
function expectedOf(shard: Shard): readonly string[] {
  const last = shard.records.at(-1)?.after;
  return sumsOf(conversionChanges(undefined, last && readConversion(last), now, lookups).rows);
}
