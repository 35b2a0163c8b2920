import * as fc from 'fast-check';
import { type BatchRules, nextStep } from '../../local/event-source/next-step';
import type { PolledRecord } from '../../local/event-source/stream-record';

const second = 1000;
const record = (sequence: number, createdAt = 0, shardId = 'shard', bytes = 100): PolledRecord => ({
  sequence: BigInt(sequence),
  shardId,
  createdAt,
  bytes,
  event: {},
});
const rules: BatchRules = { batchSize: 3, batchingWindowSeconds: 10, tumblingWindowSeconds: undefined };
const tumbling: BatchRules = { batchSize: 3, batchingWindowSeconds: 0, tumblingWindowSeconds: 2 };
const step = (records: readonly PolledRecord[], now: number, of = rules, more: object = {}) =>
  nextStep({ records, since: 0, window: undefined, cut: undefined, ...more }, of, now);

test('a batch waits until its batching window ends', () => {
  expect(step([record(1)], 9 * second)).toEqual({ kind: 'wait', until: 10 * second });
  expect(step([record(1)], 10 * second)).toMatchObject({ kind: 'deliver', records: [{ sequence: 1n }] });
});

test.each([
  ['as many records as the batch size are there', [1, 2, 3].map((at) => record(at)), 3],
  ['more records are there', [1, 2, 3, 4].map((at) => record(at)), 3],
  ['the next record is of another shard', [record(1), record(2, 0, 'next shard')], 1],
  ['the next record would make the event larger than 6 MB', [1, 2].map((at) => record(at, 0, 'shard', 4_000_000)), 1],
])('a batch is full where %s', (_why, records, count) => {
  expect(step(records, 0)).toEqual({ kind: 'deliver', records: records.slice(0, count), window: undefined });
});

test('a batch that is to be cut smaller is delivered immediately', () => {
  expect(step([record(1), record(2)], 0, rules, { cut: 1 })).toMatchObject({ kind: 'deliver', records: [{}] });
});

test('a batch holds records of one tumbling window alone', () => {
  const records = [record(1, 0), record(2, second), record(3, 2 * second)];

  expect(step(records, second, tumbling)).toMatchObject({
    records: records.slice(0, 2),
    window: { start: 0, end: 2 * second },
  });
});

describe('a tumbling window', () => {
  const window = { shardId: 'shard', start: 0, end: 2 * second };

  test('is closed a moment after its end', () => {
    expect(step([], 2 * second, tumbling, { window })).toEqual({ kind: 'wait', until: 3 * second });
    expect(step([], 3 * second, tumbling, { window })).toEqual({ kind: 'close', window });
  });

  test('takes its late records first', () => {
    expect(step([record(1, second)], 9 * second, tumbling, { window })).toMatchObject({ kind: 'deliver', window });
  });

  test.each([
    ['window', record(1, 2 * second)],
    ['shard', record(1, second, 'next shard')],
  ])('is closed before a record of the next %s', (_what, next) => {
    expect(step([next], second, tumbling, { window })).toEqual({ kind: 'close', window });
  });
});

test('whatever comes is delivered once, in order, in batches within the rules', () => {
  const arbitrary = fc.array(fc.record({ createdAt: fc.nat(20_000), bytes: fc.nat(3_000_000), shard: fc.nat(1) }));
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(arbitrary, cuts, fc.integer({ min: 1, max: 9 }), (given, limits, batchSize) => {
      const of = { batchSize, batchingWindowSeconds: 1, tumblingWindowSeconds: 3 };
      const records = given.map(({ createdAt, bytes, shard }, at) => record(at, createdAt, `shard-${shard}`, bytes));
      const delivered: PolledRecord[] = [];
      let window: { shardId: string; start: number; end: number } | undefined;
      for (let turn = 0; delivered.length < records.length; turn++) {
        const rest = records.slice(delivered.length);
        const cut = limits[turn % limits.length];
        const next = nextStep({ records: rest, since: 0, window, cut }, of, 1_000_000);
        if (next.kind === 'wait') throw new Error('records wait for ever');
        window = next.kind === 'close' ? undefined : next.window;
        if (next.kind === 'close') continue;
        expect(next.records.length).toBeLessThanOrEqual(batchSize);
        expect(
          new Set(next.records.map(({ shardId, createdAt }) => `${shardId}/${Math.floor(createdAt / 3000)}`)).size,
        ).toBe(1);
        delivered.push(...next.records);
      }
      expect(delivered).toEqual(records);
    }),
    { seed: 20261130 },
  );
});
