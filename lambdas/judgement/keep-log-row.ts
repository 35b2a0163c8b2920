import { leaving, type Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import type { PostbackLogTable } from '../adapters/postback-log-table';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import { logSampler } from '../domain/log/log-sampling';
import type { Reason } from '../domain/values/reasons';
import { writeLogMessage } from '../domain/queue/message';
import type { Judged } from './judge';

const isSampled = logSampler();
const queuedDelaySeconds = 5;
/** A queued postback gets its row when it is judged again, which this one must not replace; a postback that was not kept needs no row. */
const notQueued: readonly Reason[] = ['PENDING_RETRY', 'PENDING_UNMATCHED', 'SYSTEM_ERROR'];

/**
 * Writes the log row of a verdict that is not written yet; the queue accepts a row that the table rejects.
 * @returns whether the row was lost: the verdict is valid all the same, and the loss is counted
 */
export async function keepLogRow(
  { row, logged, verdict, facts }: Pick<Judged, 'row' | 'logged' | 'verdict' | 'facts'>,
  table: PostbackLogTable,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<boolean> {
  const origin = { ...(facts.integration !== undefined && { integration: facts.integrationId }), trust: facts.trust };
  if (logged || !isSampled(verdict.reason, origin)) return false;
  try {
    await table.put(row, leaving(deadline, queueReserveMilliseconds));
    return false;
  } catch (error) {
    logTrouble('the log row was not written', error, { requestId: row.requestId });
  }
  if (notQueued.includes(verdict.reason)) return false;
  try {
    await queue.send(writeLogMessage(row), queuedDelaySeconds, deadline);
    return false;
  } catch (error) {
    logTrouble('the log row was not queued', error, { requestId: row.requestId });
    return true;
  }
}
