import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { leaving, type Deadline } from '../adapters/deadline';
import { httpResult } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import { metric } from '../contract';
import type { Version } from '../domain/configuration/document';
import { batchRowId, mintRequestId, type RequestId } from '../domain/identifiers/request-id';
import { answerOf } from '../domain/postback/answer';
import { readBatch } from '../domain/postback/batch';
import { findClickId } from '../domain/postback/click-id-reading';
import { fieldNamesOf } from '../domain/postback/field-names';
import { message } from '../domain/postback/messages';
import { readParameters } from '../domain/postback/parameters';
import type { Refusal } from '../domain/postback/refusal';
import { maximumBodyBytes, type PostbackRequest } from '../domain/postback/request';
import { reasons, type Reason, type Verdict } from '../domain/postback/verdict';
import { writePostbackMessage } from '../domain/queue/message';
import { authenticate } from '../domain/trust/authentication';
import { acceptedCredentials, clickIdKeys, firstKeys, type Master } from '../domain/trust/keys';
import { countsOfReceived } from '../judgement/counts';
import type { Stores } from '../judgement/judge';
import { logRowOf } from '../judgement/log-row-of';
import { noteKeyUse } from '../judgement/note-key-use';
import type { Facts } from '../judgement/submission';
import { keepLogRow } from './keep-log-row';

/** What is told of a row at once; its verdict follows under its request ID. */
interface RowReceipt {
  readonly row: number;
  readonly requestId: RequestId;
  readonly reason: Reason;
  readonly message?: string;
}

/** What became of a batch as a whole. */
interface BatchOutcome {
  readonly refusal: Refusal;
  readonly integration?: Version<'integration'>;
  /** The key that the sender was believed by. */
  readonly keyId?: string;
  readonly receipts?: readonly RowReceipt[];
}

/** Takes a batch into the queue, where each row is judged as if it had come alone, and tells at once which rows cannot count. */
export async function answerBatch(
  request: PostbackRequest,
  stores: Stores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const batchId = mintRequestId(request.receivedAt, randomBytes(9));
  const { refusal, integration, keyId, receipts } = await takeOrRefuse(request, batchId, stores, queue, deadline);
  const verdict: Verdict = { ...reasons[refusal.reason], ...refusal, requestId: batchId, warnings: [] };

  const facts: Facts = {
    ...(integration !== undefined && { integrationId: integration.id }),
    ...(keyId !== undefined &&
      integration !== undefined && {
        authenticated: { integration: integration.id, trust: 'proven' as const, keyId, statement: batchId },
      }),
    trust: 'none',
    covered: { ...request, body: new Uint8Array() },
    test: false,
    dryRun: false,
    warnings: [],
  };
  // The body is left out: each of its rows has a log row of its own, which keeps of it what may be kept.
  const withoutRows = { ...request, body: new Uint8Array() };
  const submission = { request: withoutRows, requestId: batchId, attempts: 1, batchId };
  const row = logRowOf(submission, facts, verdict, stores.logRetentionDays);
  const counted = receipts === undefined ? row : { ...row, rows: receipts.length };
  const [lostRow] = await Promise.all([
    keepLogRow({ row: counted, verdict, facts, logged: false }, stores.postbackLog, queue, deadline),
    noteKeyUse(submission, facts, stores.keyUse, deadline),
  ]);
  // The rows of a batch that was taken are counted as each is judged; one that was refused counts as one postback.
  const counts = receipts === undefined ? countsOfReceived(verdict, facts.trust) : {};
  emit(
    { ...counts, ...(lostRow && { [metric.logRowLost]: 1 }) },
    { batchId, reason: verdict.reason, integration: integration?.id, rows: receipts?.length },
  );

  const { statusCode, headers, body } = answerOf(verdict, receipts === undefined ? integration?.document : undefined);
  if (receipts === undefined) return httpResult({ statusCode, headers, body });
  return httpResult({ statusCode, headers, body: JSON.stringify({ ...JSON.parse(body), batchId, rows: receipts }) });
}

async function takeOrRefuse(
  request: PostbackRequest,
  batchId: RequestId,
  stores: Stores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<BatchOutcome> {
  try {
    const master = await stores.masterSecret.read();
    const id = request.integration ?? '';
    const soon = leaving(deadline, queueReserveMilliseconds);
    const integration = await stores.configuration.find('integration', id, soon);
    if (integration === undefined) {
      return { refusal: { reason: 'INTEGRATION_UNKNOWN', message: message.integrationUnknown(id) } };
    }
    return { integration, ...(await take(request, batchId, integration, master, queue, soon)) };
  } catch (error) {
    logTrouble('the batch could not be queued', error, { requestId: batchId });
    return { refusal: { reason: 'SYSTEM_ERROR', message: message.systemError } };
  }
}

async function take(
  request: PostbackRequest,
  batchId: RequestId,
  integration: Version<'integration'>,
  master: Master,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<BatchOutcome> {
  const credentials = acceptedCredentials(master, integration.id, integration.keys ?? firstKeys);
  const trusted = authenticate(request, integration.document, credentials, 'batch');
  if (!trusted.ok) return { refusal: trusted.refusal };
  const { keyId } = trusted;
  const believed = keyId === undefined ? {} : { keyId };
  const batch = readBatch(request.body);
  if (!batch.ok) return { ...believed, refusal: { reason: batch.reason, message: batch.message } };

  const largest = batch.rows.findIndex((row) => Buffer.byteLength(row) > maximumBodyBytes);
  if (largest >= 0) return { ...believed, refusal: rowTooLarge(largest + 1) };

  const rows = batch.rows.map((body, index) => ({
    row: index + 1,
    requestId: batchRowId(batchId, index + 1),
    request: rowRequest(request, integration.id, body),
  }));
  const messages = rows.map(({ requestId, request: row }) =>
    writePostbackMessage({ request: row, requestId, reason: 'PENDING_BATCH', batchId }, master),
  );
  const refused = await queue.sendAll(messages, deadline);
  if (refused.length > 0) throw new Error(`${refused.length} of ${messages.length} rows were not taken by the queue`);
  const receipts = rows.map(({ row, requestId, request: alone }): RowReceipt => {
    const problem = shapeProblem(alone, integration, master);
    return { row, requestId, ...(problem ?? { reason: 'PENDING_BATCH' }) };
  });
  return { ...believed, refusal: { reason: 'PENDING_BATCH', message: acceptedMessage(receipts) }, receipts };
}

/** No queue message might hold it, and no other sending of the same batch either. */
function rowTooLarge(row: number): Refusal {
  const text = `Row ${row} has more than the ${maximumBodyBytes} bytes that one postback takes. Nothing was kept: send the batch without it.`;
  return { reason: 'TOO_LARGE', message: text };
}

/** A row as the postback that it would be alone. */
function rowRequest(batch: PostbackRequest, integration: string, body: string): PostbackRequest {
  const userAgent = batch.headers['user-agent'];
  return {
    method: 'POST',
    path: `/postback/${integration}`,
    rawQuery: '',
    body: Buffer.from(body),
    headers: { 'content-type': 'application/json', ...(userAgent !== undefined && { 'user-agent': userAgent }) },
    sourceIp: batch.sourceIp,
    receivedAt: batch.receivedAt,
    integration,
  };
}

/** What is plainly wrong with a row: its sender hears it now, and finds it in the log as well. */
function shapeProblem(row: PostbackRequest, integration: Version<'integration'>, master: Master): Refusal | undefined {
  const parsed = readParameters(row);
  if (!parsed.ok) return { reason: parsed.reason, message: parsed.message };
  const found = findClickId(parsed.parameters, fieldNamesOf(integration.document), clickIdKeys(master));
  if (!found.ok) return found.refusal;
  return found.value.outcome.genuine ? undefined : found.value.outcome.refusal;
}

function acceptedMessage(receipts: readonly RowReceipt[]): string {
  const wrong = receipts.filter(({ reason }) => reason !== 'PENDING_BATCH').length;
  const rest = wrong === 0 ? '' : ` ${wrong} of them cannot count: see "rows".`;
  return `${receipts.length} rows are kept and will be judged one by one.${rest} The verdict of each stands in the log under its requestId.`;
}
