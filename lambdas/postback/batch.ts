import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { httpResult } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import type { RetryQueue } from '../adapters/retry-queue';
import { metric } from '../contract';
import type { Version } from '../domain/configuration/document';
import { mintRequestId } from '../domain/identifiers/request-id';
import { answerOf } from '../domain/postback/answer';
import { readBatch } from '../domain/postback/batch';
import { findClickId } from '../domain/postback/click-id-reading';
import { fieldNamesOf } from '../domain/postback/field-names';
import { message } from '../domain/postback/messages';
import { readParameters } from '../domain/postback/parameters';
import { splitPairs } from '../domain/postback/query';
import type { Refusal } from '../domain/postback/refusal';
import type { PostbackRequest } from '../domain/postback/request';
import { reasons, type Reason, type Verdict } from '../domain/postback/verdict';
import { writePostbackMessage } from '../domain/queue/message';
import { authenticate } from '../domain/trust/authentication';
import { acceptedCredentials, clickIdKeys, firstKeys, type Master } from '../domain/trust/keys';
import type { Sources } from '../judgement/assess';

/** `POST /postbacks/{integration}`: many postbacks in one request. */
export const batchPathPrefix = '/postbacks/';

/** What is told of a row at once; its verdict follows under its request ID. */
interface RowReceipt {
  readonly row: number;
  readonly requestId: string;
  readonly reason: Reason;
  readonly message?: string;
}

/** Takes a batch into the queue, where each row is judged as if it had come alone, and tells at once which rows cannot count. */
export async function answerBatch(
  request: PostbackRequest,
  sources: Sources,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const batchId = mintRequestId(request.receivedAt, randomBytes(9));
  const verdict = (refusal: Refusal): Verdict => ({
    ...reasons[refusal.reason],
    ...refusal,
    requestId: batchId,
    warnings: [],
  });
  let integration: Version<'integration'> | undefined;
  try {
    const master = await sources.masterSecret.read();
    integration = await sources.configuration.find('integration', request.integration ?? '', deadline);
    const taken = await takeBatch(request, batchId, integration, master, queue, deadline);
    if (!taken.ok) return httpResult(answerOf(report(verdict(taken.refusal)), integration?.document));
    const accepted = report(verdict({ reason: 'PENDING_BATCH', message: acceptedMessage(taken.receipts) }));
    const { statusCode, headers, body } = answerOf(accepted, undefined);
    const told = { ...JSON.parse(body), batchId, rows: taken.receipts };
    return httpResult({ statusCode, headers, body: JSON.stringify(told) });
  } catch (error) {
    logTrouble('the batch could not be queued', error, { requestId: batchId });
    return httpResult(answerOf(report(verdict({ reason: 'SYSTEM_ERROR', message: message.systemError })), undefined));
  }
}

type Taken =
  { readonly ok: true; readonly receipts: readonly RowReceipt[] } | { readonly ok: false; readonly refusal: Refusal };

async function takeBatch(
  request: PostbackRequest,
  batchId: string,
  integration: Version<'integration'> | undefined,
  master: Master,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<Taken> {
  if (integration === undefined) {
    return {
      ok: false,
      refusal: { reason: 'INTEGRATION_UNKNOWN', message: message.integrationUnknown(request.integration ?? '') },
    };
  }
  const credentials = acceptedCredentials(master, integration.id, integration.keys ?? firstKeys);
  const trusted = authenticate(request, splitPairs(request.rawQuery, 'query'), integration.document, credentials);
  if (!trusted.ok) return trusted;
  const batch = readBatch(request.body);
  if (!batch.ok) return { ok: false, refusal: { reason: batch.reason, message: batch.message } };

  const rows = batch.rows.map((body, index) => ({ index, ...rowRequest(request, integration.id, body) }));
  const bodies = rows.map(({ requestId, row }) =>
    writePostbackMessage({ request: row, requestId, reason: 'PENDING_BATCH', batchId }, master),
  );
  const refused = await queue.sendAll(bodies, deadline);
  if (refused.length > 0) throw new Error(`${refused.length} of ${bodies.length} rows were not taken by the queue`);
  const receipts = rows.map(({ index, requestId, row }): RowReceipt => {
    const problem = shapeProblem(row, integration, master);
    return {
      row: index + 1,
      requestId,
      reason: problem?.reason ?? 'PENDING_BATCH',
      ...(problem && { message: problem.message }),
    };
  });
  return { ok: true, receipts };
}

function rowRequest(batch: PostbackRequest, integration: string, body: string) {
  const row: PostbackRequest = {
    ...batch,
    path: `/postback/${integration}`,
    rawQuery: '',
    body: Buffer.from(body),
    headers: { 'content-type': 'application/json', 'user-agent': batch.headers['user-agent'] ?? 'batch' },
    integration,
  };
  return { requestId: mintRequestId(batch.receivedAt, randomBytes(9)), row };
}

/** What is plainly wrong with a row: its sender hears it now, and finds it in the log as well. */
function shapeProblem(row: PostbackRequest, integration: Version<'integration'>, master: Master): Refusal | undefined {
  const parsed = readParameters(row);
  if (!parsed.ok) return parsed;
  const found = findClickId(parsed.parameters, fieldNamesOf(integration.document), clickIdKeys(master));
  if (!found.ok) return found.refusal;
  return found.value.outcome.genuine ? undefined : found.value.outcome.refusal;
}

function acceptedMessage(receipts: readonly RowReceipt[]): string {
  const wrong = receipts.filter(({ reason }) => reason !== 'PENDING_BATCH').length;
  const rest = wrong === 0 ? '' : ` ${wrong} of them cannot count: see "rows".`;
  return `${receipts.length} rows are kept and will be judged one by one.${rest} The verdict of each stands in the log under its requestId.`;
}

function report(verdict: Verdict): Verdict {
  const failed = verdict.reason === 'SYSTEM_ERROR' ? { [metric.postbackReceived]: 1, [metric.postbackFailed]: 1 } : {};
  emit(failed, { requestId: verdict.requestId, result: verdict.result, reason: verdict.reason, batch: true });
  return verdict;
}
