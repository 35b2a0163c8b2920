import * as fc from 'fast-check';
import type { LogFilter } from '../../../../lambdas/adapters/postback-log-filter';
import type { PostbackLogReader } from '../../../../lambdas/adapters/postback-log-reader';
import { walkLog } from '../../../../lambdas/admin/log/walk';
import { hourOf, postbackLogShards } from '../../../../lambdas/domain/values/request-id';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { atLength } from '../../../support/at-length';

const hour = 3_600_000;
const begins = Date.UTC(2026, 10, 20);
const hours = 60;
const noHurry = { remaining: () => 60_000, unhurried: true } as const;

interface Planted {
  /** Hours and milliseconds from the beginning. */
  readonly hour: number;
  readonly within: number;
  readonly shard: number;
  readonly wanted: boolean;
}

interface KeyedPlant extends Planted {
  readonly key: string;
  readonly hourName: string;
}

/** A log in memory that answers as the table does: so many rows of a partition are looked at, newest first, then filtered. */
function logOf(rows: readonly KeyedPlant[]): PostbackLogReader & { queries: number } {
  const log = {
    queries: 0,
    find: () => Promise.reject(new Error('not asked for')),
    findAll: () => Promise.reject(new Error('not asked for')),
    read(
      { hour: hourName, shard, from, below }: Parameters<PostbackLogReader['read']>[0],
      filter: LogFilter,
      examine: number,
    ) {
      log.queries += 1;
      const there = rows
        .filter((row) => row.hourName === hourName && row.shard === shard && row.key >= from && row.key < below)
        .sort((left, right) => (left.key < right.key ? 1 : -1));
      const examined = there.slice(0, examine);
      const last = examined.at(-1);
      const passing = examined.filter(({ wanted }) => wanted || filter.integration === undefined);
      return Promise.resolve({
        rows: passing.map(({ key }) => ({ key, row: { requestId: key } as LogRow })),
        examined: examined.length,
        ...(there.length > examine && last !== undefined && { readDownTo: last.key }),
      });
    },
  };
  return log;
}

const planted = fc.record({
  // Crowded hours, and empty ones between them.
  hour: fc.oneof(fc.constantFrom(3, 4, 40), fc.nat({ max: hours - 1 })),
  within: fc.nat({ max: hour - 1 }),
  shard: fc.nat({ max: postbackLogShards - 1 }),
  wanted: fc.boolean(),
});

const keyed = (rows: readonly Planted[]): readonly KeyedPlant[] =>
  rows.map((row, index) => {
    const time = begins + row.hour * hour + row.within;
    const key = `${new Date(time).toISOString()}#${String(index).padStart(24, '0')}`;
    return { ...row, key, hourName: hourOf(time) };
  });

test('whatever lies where, and whatever a call may cost, its pages are the period without gap or repeat', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(planted, { maxLength: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.record({ queries: fc.integer({ min: 1, max: 400 }), examined: fc.integer({ min: 1, max: 400 }) }),
      fc.boolean(),
      async (plants, limit, cost, filtered) => {
        const rows = keyed(plants);
        const log = logOf(rows);
        const filter = filtered ? { integration: ['acme'] } : {};
        const from = new Date(begins).toISOString();
        const found: string[] = [];
        let below: string | undefined = `${new Date(begins + hours * hour - 1).toISOString()}#~`;
        while (below !== undefined) {
          const walk = { filter, from, below, limit, now: begins };
          const before: string = below;
          const result = await walkLog(log, walk, { ...cost, endsAt: Infinity }, noHurry);
          expect(result.rows.length).toBeLessThanOrEqual(limit);
          found.push(...result.rows.map(({ key }) => key));
          below = result.goOnBelow;
          // Each call gets further than the one before.
          expect(below === undefined || below < before).toBe(true);
        }
        const expected = rows.filter(({ wanted }) => wanted || !filtered).map(({ key }) => key);
        expect(found).toStrictEqual(expected.sort().reverse());
      },
    ),
    { numRuns: atLength(150, 50) },
  );
});

test('a call hands over when it has asked as often as it may', async () => {
  const log = logOf([]);
  const from = new Date(begins).toISOString();
  const below = `${new Date(begins + 1000 * hour).toISOString()}#~`;
  const walk = { filter: {}, from, below, limit: 50, now: begins };
  const { rows, goOnBelow } = await walkLog(log, walk, { queries: 160, examined: 100, endsAt: Infinity }, noHurry);
  expect([rows, typeof goOnBelow]).toStrictEqual([[], 'string']);
  expect(log.queries).toBeGreaterThanOrEqual(160);
  expect(log.queries).toBeLessThan(160 + 8 * postbackLogShards);
});
