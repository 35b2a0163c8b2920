import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { deadlineAt } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment } from '../adapters/environment';
import { factFiles } from '../adapters/fact-files';
import { s3Client } from '../adapters/s3-client';
import { factsCompaction } from '../adapters/facts-compaction';
import { emit } from '../adapters/metrics';
import { dropVisitorKeys } from '../adapters/visitor-keys';
import { compact, sweepObjects, type CompactionStores } from './compact';

/** No request waits for it, and the next run continues. */
const attempts = 6;
const client = dynamoDbClient(attempts);
const visitorKeysTable = requireEnvironment('visitorKeysTable');
const stores: CompactionStores = {
  facts: factsCompaction(client, requireEnvironment('factsTable')),
  files: factFiles(s3Client(attempts), requireEnvironment('factsBucket')),
  newId: () => `${Date.now().toString(36)}-${randomBytes(10).toString('hex')}`,
  now: () => Date.now(),
};

/** Minimum time left for another round. */
const roundMilliseconds = 120_000;

/**
 * Runs every quarter of an hour. A failure makes reports slower, never wrong. It also fails with work left: Lambda then runs it again,
 * and the backlog shows among its errors.
 */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - 1000);
  const outOfTime = (): boolean => deadline.remaining() < roundMilliseconds;
  const { left, ...done } = await compact(stores, deadline, outOfTime);
  const swept = outOfTime() || done.held === true ? 0 : await sweepObjects(stores, deadline);
  const droppedKeys = await dropVisitorKeys(client, visitorKeysTable, Date.now(), deadline);
  emit({}, { ...done, left, swept, droppedKeys });
  if (left > 0) throw new Error(`${left} rounds are left to the next run`);
}
