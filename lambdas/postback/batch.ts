import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { leaving, type Deadline } from '../adapters/deadline';
import { httpResult } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import * as metric from '../counters';
import type { Version } from '../domain/configuration/document';
import { batchRowId } from '../domain/values/batch-row-id';
import { mintRequestId, type RequestId } from '../domain/values/request-id';
import { answerOf } from '../domain/verdict/answer';
import { isOn } from '../domain/click/click-parameters';
import { batchRowType } from '../domain/text/body-text';
import { batchIdentity, rowStatement, type BatchFlags } from '../domain/request/batch-identity';
import { message } from '../domain/verdict/messages';
import { type Parameter, splitPairs } from '../domain/text/query';
import type { Rejection } from '../domain/values/rejection';
import { maximumBodyBytes, type PostbackRequest } from '../domain/text/postback-request';
import { reasons, type Reason } from '../domain/values/reasons';
import type { Verdict } from '../domain/verdict/verdict';
import { writePostbackMessage } from '../domain/queue/message';
import type { AuthenticatedAs } from '../domain/trust/authenticated';
import { authenticate } from '../domain/trust/authentication';
import { acceptedCredentials, firstKeys, type Master } from '../domain/trust/keys';
import { countsOfReceived } from '../judgement/counts';
import type { JudgementStores } from '../judgement/judge';
import { logRowOf } from '../judgement/log-row-of';
import { noteKeyUse } from '../judgement/note-key-use';
import type { JudgedFacts } from '../judgement/submission';
import { keepLogRow } from '../judgement/keep-log-row';
import { readRows } from './batch-rows';
import { rowShapes } from './row-shapes';

/** The immediate receipt of a row; its verdict follows under its request ID. */
interface RowReceipt {
  readonly row: number;
  readonly requestId: RequestId;
  readonly reason: Reason;
  readonly message?: string;
}

/** The result of a batch as a whole. */
interface BatchOutcome {
  readonly rejection: Rejection;
  readonly integration?: Version<'integration'>;
  /** Absent where the sender was rejected. */
  readonly authenticated?: AuthenticatedAs;
  /** The rows that the queue accepted, all or some. */
  readonly taken?: {
    readonly batchId: RequestId;
    readonly flags: BatchFlags;
    readonly receipts: readonly RowReceipt[];
    readonly notTaken: readonly number[];
  };
}

/** Queues a batch, where each row is judged as if it had come alone, and reports immediately which rows cannot count. */
export async function answerBatch(
  request: PostbackRequest,
  stores: JudgementStores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { rejection, integration, authenticated, taken } = await takeOrReject(request, stores, queue, deadline);
  const batchId = taken?.batchId ?? mintRequestId(request.receivedAt, randomBytes(9));
  const verdict: Verdict = { ...reasons[rejection.reason], ...rejection, requestId: batchId, warnings: [] };

  const facts: JudgedFacts = {
    ...(integration !== undefined && { integrationId: integration.id, integration: integration.document }),
    ...(authenticated !== undefined && { authenticated }),
    trust: authenticated?.trust ?? 'none',
    covered: { ...request, body: new Uint8Array() },
    test: taken?.flags.test ?? false,
    dryRun: false,
    warnings: [],
  };
  // The body is omitted: each of its rows has a separate log row, with the part that may be kept.
  const withoutRows = { ...request, body: new Uint8Array() };
  const submission = { request: withoutRows, requestId: batchId, attempts: 1, batchId };
  const row = {
    ...logRowOf(submission, facts, verdict, stores.logRetentionDays),
    ...(taken !== undefined && { rows: taken.receipts.length }),
    ...(taken !== undefined && taken.notTaken.length > 0 && { notTaken: taken.notTaken }),
  };
  const [lostRow] = await Promise.all([
    keepLogRow({ row, verdict, facts, logged: false }, stores.postbackLog, queue, deadline),
    noteKeyUse(submission, facts, stores.keyUse, deadline),
  ]);
  // The rows of a batch that was taken are counted as each is judged; one that was rejected counts as one postback.
  const counts = taken === undefined ? countsOfReceived(verdict, facts.trust) : {};
  emit(
    { ...counts, ...(lostRow && { [metric.logRowLost]: 1 }) },
    {
      batchId,
      reason: verdict.reason,
      integration: integration?.id,
      rows: taken?.receipts.length,
      notTaken: taken?.notTaken.length,
    },
  );

  const { statusCode, headers, body } = answerOf(verdict, taken === undefined ? integration?.document : undefined);
  if (taken === undefined) return httpResult({ statusCode, headers, body });
  const { flags, receipts } = taken;
  const asked = { ...(flags.dryRun && { dryRun: true }), ...(flags.test && { test: true }) };
  const shown = { ...JSON.parse(body), batchId, ...asked, rows: receipts };
  return httpResult({ statusCode, headers, body: JSON.stringify(shown) });
}

async function takeOrReject(
  request: PostbackRequest,
  stores: JudgementStores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<BatchOutcome> {
  try {
    const master = await stores.masterSecret.read();
    const id = request.integration ?? '';
    const soon = leaving(deadline, queueReserveMilliseconds);
    const integration = await stores.configuration.find('integration', id, soon);
    if (integration === undefined) {
      return { rejection: { reason: 'INTEGRATION_UNKNOWN', message: message.integrationUnknown(id) } };
    }
    return { integration, ...(await take(request, integration, master, queue, soon)) };
  } catch (error) {
    logTrouble('the batch could not be queued', error, { integration: request.integration?.slice(0, 64) });
    return { rejection: { reason: 'SYSTEM_ERROR', message: message.systemError } };
  }
}

async function take(
  request: PostbackRequest,
  integration: Version<'integration'>,
  master: Master,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<BatchOutcome> {
  const parameters = splitPairs(request.rawQuery, 'query');
  const credentials = acceptedCredentials(master, integration.id, integration.keys ?? firstKeys);
  const trusted = authenticate(request, integration.document, credentials, 'batch');
  if (!trusted.ok) return { rejection: trusted.rejection };
  const { trust, statement, keyId, signedAt } = trusted;
  const authenticated: AuthenticatedAs = {
    integration: integration.id,
    version: integration.version,
    trust,
    statement,
    ...(keyId !== undefined && { keyId }),
    ...(signedAt !== undefined && { signedAt }),
  };
  const known = { authenticated };

  const flags = { dryRun: isAsked('dry_run', parameters), test: isAsked('test', parameters) };
  const isSigned = signedAt !== undefined;
  if (isSigned && (flags.dryRun || flags.test)) return { ...known, rejection: flagNotSigned };
  const batch = readRows(request, isSigned ? trusted.covered : undefined, master);
  if (!batch.ok) return { ...known, rejection: batch.rejection };
  const { content, isOnePostback } = batch.value;
  const largest = batch.value.rows.findIndex(({ body }) => Buffer.byteLength(body) > maximumBodyBytes);
  if (largest >= 0) return { ...known, rejection: rowTooLarge(largest + 1) };

  // No signature covers the header: with it, one signed batch would be as many as somebody likes.
  const idempotencyKey = isSigned ? undefined : request.headers['idempotency-key'];
  const identity = batchIdentity(integration.id, content, flags, idempotencyKey);
  const batchId = mintRequestId(request.receivedAt, identity);
  const rows = batch.value.rows.map(({ body, part }, index) => {
    const row = index + 1;
    // The only row of a signed batch is what was signed: sent again as a single postback it is the same statement.
    const isStated = isSigned && isOnePostback;
    return {
      row,
      ...(part !== undefined && { part }),
      authenticated: { ...authenticated, statement: isStated ? statement : rowStatement(identity, row, body) },
      requestId: batchRowId(batchId, row),
      request: rowRequest(request, integration, body, flags),
    };
  });
  const messages = rows.map((row) => writePostbackMessage({ ...row, reason: 'PENDING_BATCH', batchId }, master));
  const notQueued = new Set(await sendTwice(messages, queue, deadline));
  if (notQueued.size === messages.length) throw new Error(`none of ${messages.length} rows was taken by the queue`);
  const problemOf = rowShapes(integration.document, master);
  const receipts = rows.map(({ row, requestId, request: rowAlone }, index): RowReceipt => {
    if (notQueued.has(index)) return { row, requestId, reason: 'SYSTEM_ERROR', message: rowNotTaken };
    const problem = problemOf(rowAlone);
    return { row, requestId, ...(problem ?? { reason: 'PENDING_BATCH' }) };
  });
  const notTaken = [...notQueued].map((index) => index + 1).toSorted((left, right) => left - right);
  const rejection: Rejection = { reason: 'PENDING_BATCH', message: acceptedMessage(receipts, notTaken.length, flags) };
  return { ...known, rejection, taken: { batchId, flags, receipts, notTaken } };
}

function isAsked(name: string, parameters: readonly Parameter[]): boolean {
  return parameters.some((parameter) => parameter.name.toLowerCase() === name && isOn(parameter.value));
}

/** @returns the indexes that the queue took neither time; some of them it may have taken without saying so. */
async function sendTwice(
  messages: readonly string[],
  queue: RetryQueue,
  deadline: Deadline,
): Promise<readonly number[]> {
  const notQueued = await queue.sendAll(messages, deadline);
  if (notQueued.length === 0) return notQueued;
  const again = notQueued.map((index) => messages[index] ?? '');
  return (await queue.sendAll(again, deadline)).flatMap((index) => notQueued[index] ?? []);
}

const flagNotSigned: Rejection = {
  reason: 'PARAMETER_CONFLICT',
  message: 'The signature does not cover the query. Put "dry_run" or "test" into each row of the batch.',
};

const rowNotTaken = 'Not kept. Send the whole batch again: rows that were kept count once.';

/** No queue message might hold it, and no other sending of the same batch either. */
function rowTooLarge(row: number): Rejection {
  const text = `Row ${row} has more than the ${maximumBodyBytes} bytes that one postback takes. Nothing was kept: send the batch without it.`;
  return { reason: 'TOO_LARGE', message: text };
}

/** A row as the postback that it would be alone. */
function rowRequest(
  batch: PostbackRequest,
  { id: integration }: Version<'integration'>,
  body: string,
  { dryRun, test }: BatchFlags,
): PostbackRequest {
  const userAgent = batch.headers['user-agent'];
  return {
    method: 'POST',
    path: `/postback/${integration}`,
    rawQuery: [...(dryRun ? ['dry_run=1'] : []), ...(test ? ['test=1'] : [])].join('&'),
    body: Buffer.from(body),
    headers: { 'content-type': batchRowType, ...(userAgent !== undefined && { 'user-agent': userAgent }) },
    sourceIp: batch.sourceIp,
    receivedAt: batch.receivedAt,
    integration,
  };
}

function acceptedMessage(receipts: readonly RowReceipt[], notTaken: number, { dryRun, test }: BatchFlags): string {
  const kept = `${receipts.length - notTaken} of ${receipts.length} rows are kept and will be judged one by one`;
  const asked = dryRun ? ' as a dry run, which records nothing' : test ? ' as tests' : '';
  if (notTaken > 0)
    return `${kept}${asked}. Send the whole batch again for the other ${notTaken}: no row counts twice.`;
  const wrong = receipts.filter(({ reason }) => reason !== 'PENDING_BATCH').length;
  const rest =
    wrong === 0
      ? 'The verdict of each is in the log under its requestId.'
      : `${wrong} of them cannot count: see "rows".`;
  return `${kept}${asked}. ${rest}`;
}
