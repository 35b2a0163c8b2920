import * as v from 'valibot';
import type { AdminApi } from '../api/admin-api';
import { largestPage } from '../pages';
import { delay } from '../delay';

const batchState = v.looseObject({ judged: v.number(), done: v.boolean() });

const judgedRow = v.looseObject({
  row: v.number(),
  requestId: v.string(),
  result: v.string(),
  reason: v.string(),
  message: v.string(),
});

export type JudgedRow = v.InferOutput<typeof judgedRow>;

/** Maximum time without another judged row. */
const patienceMilliseconds = 30_000;
const pauseMilliseconds = 1000;

/** Waits until all rows of a batch are judged, or until no more are: a postback without its click waits for an hour. */
export async function awaitVerdicts(
  api: AdminApi,
  batchId: string,
  advance: (rows: number) => void,
): Promise<readonly JudgedRow[]> {
  let known = 0;
  let moved = Date.now();
  for (;;) {
    const { judged, done } = await api.call('GET', ['batches', batchId], batchState, { query: { limit: 1 } });
    advance(judged - known);
    if (judged > known) moved = Date.now();
    known = judged;
    if (done || Date.now() - moved > patienceMilliseconds) break;
    await delay(pauseMilliseconds);
  }
  const rows: JudgedRow[] = [];
  for await (const page of api.pages(['batches', batchId], judgedRow, { limit: largestPage })) rows.push(...page);
  return rows;
}
