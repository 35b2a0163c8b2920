import { randomBytes } from 'node:crypto';
import { batchRowId } from '../../../../lambdas/domain/values/batch-row-id';
import { logKeyOf, mintRequestId, postbackLogShards } from '../../../../lambdas/domain/values/request-id';

const hourBegins = Date.UTC(2026, 10, 23, 14);
/** Writes a second that one partition of DynamoDB takes. */
const partitionCeiling = 1000;

/** How far counts are from even; with 15 degrees of freedom above 44.3 in one even draw of ten thousand. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countsOf(partitions: readonly (string | undefined)[]): readonly number[] {
  const counts = new Map<string | undefined, number>();
  for (const partition of partitions) counts.set(partition, (counts.get(partition) ?? 0) + 1);
  return [...counts.values()];
}

describe('the partitions of the postback log', () => {
  test('spread 1,000 postbacks a second of one integration evenly, and take 16 times as many', () => {
    const seconds = 60;
    const partitions = Array.from({ length: seconds * 1000 }, (_, index) => {
      const receivedAt = hourBegins + index;
      return logKeyOf(mintRequestId(receivedAt, randomBytes(9)))?.hourAndShard;
    });
    const counts = countsOf(partitions);
    expect(counts).toHaveLength(postbackLogShards);
    expect(chiSquare(counts)).toBeLessThan(60);
    expect(Math.max(...counts) / seconds).toBeLessThan(partitionCeiling / 10);
    expect((Math.max(...counts) / seconds) * 14).toBeLessThan(partitionCeiling);
  });

  test('spread the rows of one batch, whose IDs are all of one moment, as evenly', () => {
    const batchId = mintRequestId(hourBegins, randomBytes(9));
    const partitions = Array.from({ length: 1000 }, (_, row) => logKeyOf(batchRowId(batchId, row + 1))?.hourAndShard);
    const counts = countsOf(partitions);
    expect(counts).toHaveLength(postbackLogShards);
    expect(chiSquare(counts)).toBeLessThan(60);
  });
});
