import * as v from 'valibot';
import { queueRetentionDays } from '../../contract';
import { batchRowId } from '../../domain/values/batch-row-id';
import { readRequestId, type RequestId } from '../../domain/values/request-id';
import type { LogRow } from '../../domain/log/log-row';
import type { Result } from '../../domain/values/reasons';
import { adminJson, notFound, type Answer } from '../http/answer';
import { field, pageOf, type Shown } from '../http/answer-schema';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { conversionSummary } from '../log/view';
import { defaultLimit, parameter, readQueryParameters, type QuerySchema } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

export const batchQuery = { limit: parameter.limit, cursor: parameter.cursor } as const satisfies QuerySchema;

const batchRow = v.strictObject({
  row: v.pipe(field.count, v.description('Its number in the batch, from 1')),
  requestId: v.string(),
  result: field.result,
  reason: field.loggedReason,
  message: v.string(),
  conversion: v.optional(conversionSummary),
});

/** The result of a batch. The counts are of all its rows, whatever page of `items` was requested. */
export const batchAnswer = v.strictObject({
  batchId: v.string(),
  receivedAt: field.time,
  integration: v.optional(v.string()),
  rows: field.count,
  judged: field.count,
  pending: field.count,
  done: v.boolean(),
  results: field.results,
  ...pageOf(batchRow).entries,
});

const afterRow = v.strictObject({ after: v.pipe(v.number(), v.integer(), v.minValue(1)) });

/**
 * Returns the results of a batch's rows. All of them are read by key on each call, so that the counts are right for any page: a batch has
 * 1,000 rows at most.
 */
export async function getBatch(request: RoutedRequest, { postbackLog }: Services): Promise<Answer> {
  const parameters = readQueryParameters(request, batchQuery);
  const batchId = readRequestId(request.id)?.requestId;
  const batch = batchId && (await postbackLog.find(batchId, request.now, request.deadline));
  if (batchId === undefined || batch?.rows === undefined) throw noBatch(request.id, batch);
  const query = queryOf(`batches/${batchId}`, parameters);
  const { after } = readCursor(query, afterRow, parameters.cursor) ?? { after: 0 };
  const limit = parameters.limit ?? defaultLimit;

  const ids = Array.from({ length: batch.rows }, (_, index) => batchRowId(batchId, index + 1));
  const rows = await postbackLog.findAll(ids, request.now, request.deadline);
  const views = ids.map((id, index) => rowView(index + 1, id, rows.get(id), batch, request.now));
  const judged = views.filter(({ result }) => result !== 'queued');
  const items = views.slice(after, after + limit);
  const last = after + items.length;
  return adminJson(200, {
    batchId,
    receivedAt: batch.receivedAt,
    integration: batch.integration,
    rows: ids.length,
    judged: judged.length,
    pending: ids.length - judged.length,
    done: judged.length === ids.length,
    results: countResults(judged),
    items,
    ...(last < ids.length && { cursor: writeCursor(query, { after: last }) }),
  } satisfies Shown<typeof batchAnswer>);
}

/** A row whose click is not here yet is in the log already as `queued`, and will be judged again. */
function rowView(
  row: number,
  requestId: RequestId,
  found: LogRow | undefined,
  { notTaken, receivedAt }: LogRow,
  now: number,
): Shown<typeof batchRow> {
  if (found !== undefined) {
    const { result, reason, message, conversion } = found;
    return { row, requestId, result, reason, message, conversion };
  }
  if (notTaken?.includes(row) === true) return { row, requestId, ...failed, message: texts.notTaken };
  if (now - Date.parse(receivedAt) > longestWaitMilliseconds) return { row, requestId, ...failed, message: texts.lost };
  return { row, requestId, result: 'queued', reason: 'PENDING_BATCH', message: texts.waits };
}

const failed = { result: 'error', reason: 'SYSTEM_ERROR' } as const;

/** By then the retry function has judged a row or put it aside, and SQS has moved what was never tried. */
const longestWaitMilliseconds = queueRetentionDays.retry * 24 * 60 * 60 * 1000;

const texts = {
  waits: 'Kept in the queue; not judged yet.',
  notTaken: 'Not kept. Send the whole batch again: rows that were kept count once.',
  lost: 'Not judged in a week. Look for it among the dead letters and send it again from there.',
} as const;

function countResults(rows: readonly Pick<LogRow, 'result'>[]): Readonly<Partial<Record<Result, number>>> {
  const counts: Partial<Record<Result, number>> = {};
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

function noBatch(id: string, row: LogRow | undefined): Error {
  if (row === undefined) {
    return notFound(
      `The postback log has no batch ${id}. A batch is found by the batchId that its sender was answered with, and goes after ` +
        'the retention time of the log.',
    );
  }
  const { batchId, reason } = row;
  return notFound(
    batchId === row.requestId
      ? `The batch ${id} was rejected as a whole (${reason}), so none of its rows was judged: see GET /admin/v1/postbacks/${id}.`
      : `${id} is one postback and no batch: see GET /admin/v1/postbacks/${id}${batchId === undefined ? '' : `, or its batch ${batchId}`}.`,
  );
}
