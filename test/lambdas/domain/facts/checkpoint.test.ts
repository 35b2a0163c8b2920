import * as fc from 'fast-check';
import { recordsPast } from '../../../../lambdas/domain/facts/checkpoint';
import { runs } from '../conversion/arbitraries';

const record = (sequence: bigint) => ({ sequence: String(sequence) });
const sequences = (records: readonly { readonly sequence: string }[]) => records.map(({ sequence }) => sequence);

describe('the records past a checkpoint', () => {
  test('are all of a shard that was never counted', () => {
    expect(sequences(recordsPast([1n, 2n].map(record), undefined))).toEqual(['1', '2']);
  });

  test('are compared as numbers: 1000 comes after 999, also beyond what a float can tell apart', () => {
    expect(sequences(recordsPast([999n, 1000n].map(record), { sequence: '999' }))).toEqual(['1000']);
    const high = 10n ** 39n;
    expect(sequences(recordsPast([high, high + 1n].map(record), record(high)))).toEqual([String(high + 1n)]);
  });

  test('come once each and in order, however they were repeated and mixed', () => {
    expect(sequences(recordsPast([5n, 6n, 5n, 3n, 4n, 7n].map(record), record(3n)))).toEqual(['4', '5', '6', '7']);
  });

  test('count every record once, whatever batches they are cut into and however often those come again', () => {
    const batches = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: 1, max: 8 })), { maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), batches, (length, cuts) => {
        const shard = Array.from({ length }, (_, index) => record(BigInt(index) * 7n + 995n));
        const counted: string[] = [];
        let checkpoint: { readonly sequence: string } | undefined;
        let reached = 0;
        const deliver = (from: number, to: number): void => {
          const past = recordsPast(shard.slice(from, to), checkpoint);
          counted.push(...sequences(past));
          checkpoint = past.at(-1) ?? checkpoint;
          reached = Math.max(reached, to);
        };
        // The first delivery of a record comes after those before it; a repeat begins anywhere that was reached.
        for (const [from, size] of cuts) deliver(from % (reached + 1), Math.min(length, (from % (reached + 1)) + size));
        deliver(reached, length);
        expect(counted).toEqual(sequences(shard));
      }),
      runs(),
    );
  });
});
