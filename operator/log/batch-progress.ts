import * as v from 'valibot';
import type { AdminApi } from '../api/admin-api';
import type { LogRow } from '../answers';

/** A batch and the number of its judged rows, as `GET /batches/{batchId}` returns it. */
const batchProgress = v.looseObject({ rows: v.number(), judged: v.number() });
export type BatchProgress = v.InferOutput<typeof batchProgress>;

/** Maximum batches: each needs another call, for up to 1,000 rows. */
const mostBatches = 20;

/** Returns the progress of the newest batches among some rows of the log, by request ID: the row of a batch itself stays "waiting". */
export async function findBatchProgress(
  api: AdminApi,
  rows: readonly LogRow[],
): Promise<ReadonlyMap<string, BatchProgress>> {
  const batches = rows.filter(({ reason }) => reason === 'PENDING_BATCH').slice(0, mostBatches);
  const found = new Map<string, BatchProgress>();
  for (const { requestId } of batches) {
    found.set(requestId, await api.call('GET', ['batches', requestId], batchProgress, { query: { limit: 1 } }));
  }
  return found;
}
