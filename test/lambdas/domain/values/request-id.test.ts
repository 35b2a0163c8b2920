import * as fc from 'fast-check';
import { batchRowId } from '../../../../lambdas/domain/values/batch-row-id';
import {
  logKeyOf,
  mintRequestId,
  postbackLogShards,
  readRequestId,
} from '../../../../lambdas/domain/values/request-id';
import { now, requestId } from '../support/factories';

const time = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
const random = fc.uint8Array({ minLength: 9, maxLength: 9 });

describe('a request ID', () => {
  test('is 24 letters that give back the time of receipt', () => {
    fc.assert(
      fc.property(time, random, (receivedAt, bytes) => {
        const id = mintRequestId(receivedAt, bytes);
        expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{24}$/);
        expect(readRequestId(id.toUpperCase())).toMatchObject({ requestId: id, receivedAt });
      }),
    );
  });

  test('sorts by time', () => {
    fc.assert(
      fc.property(time, time, random, random, (one, other, bytes, more) => {
        fc.pre(one < other);
        expect(mintRequestId(one, bytes) < mintRequestId(other, more)).toBe(true);
      }),
    );
  });

  test('carries the hour and shard of its row in the log', () => {
    const id = mintRequestId(Date.UTC(2026, 10, 23, 14, 59, 59, 999), Buffer.from('0000000000000000f7', 'hex'));
    expect(logKeyOf(id)).toEqual({
      hourAndShard: '2026-11-23T14#07',
      receivedAtAndRequestId: `2026-11-23T14:59:59.999Z#${id}`,
    });
  });

  test('uses every shard', () => {
    const shards = Array.from({ length: 64 }, (_, seed) => readRequestId(requestId(seed))?.shard);
    expect(new Set(shards).size).toBe(postbackLogShards);
  });

  test.each(['', 'abc', 'u'.repeat(24), '0'.repeat(23), '0'.repeat(32), '3f2504e0-4f89-11d3-9a0c-'])(
    '%j is none',
    (text) => {
      expect(readRequestId(text)).toBeUndefined();
      expect(logKeyOf(text)).toBeUndefined();
    },
  );

  test('of a row of a batch is known from the batch and its number, and differs from all others', () => {
    const batch = requestId(1);
    const rows = Array.from({ length: 100 }, (_, at) => batchRowId(batch, at + 1));
    expect(new Set([batch, ...rows]).size).toBe(101);
    expect(batchRowId(batch, 7)).toBe(rows[6]);
    expect(batchRowId(requestId(2), 7)).not.toBe(rows[6]);
    expect(readRequestId(rows[0] ?? '')?.receivedAt).toBe(now);
  });
});
