import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { deadlineAt } from '../adapters/deadline';
import { requireEnvironment } from '../adapters/environment';
import { httpResult, postbackRequestOf } from '../adapters/http-event';
import { emit } from '../adapters/metrics';
import { retryQueue, sqsClient } from '../adapters/retry-queue';
import { metric } from '../contract';
import { mintRequestId } from '../domain/identifiers/request-id';
import { answerOf } from '../domain/postback/answer';
import { floodLimit } from '../domain/postback/flood-limit';
import { explain } from '../domain/postback/explanation';
import { countsOfReceived } from '../judgement/counts';
import { refusedWith } from '../judgement/judge';
import { noteKeyUse } from '../judgement/note-key-use';
import { storesFromEnvironment } from '../judgement/stores';
import { answerBatch, batchPathPrefix } from './batch';
import { keepLogRow } from './keep-log-row';
import { judgeOrQueue } from './judge-or-queue';

const stores = storesFromEnvironment();
const queue = retryQueue(sqsClient(), requireEnvironment('retryQueueUrl'));

const limit = floodLimit();

/** Left of the function's time for answering when everything else has taken too long. */
const answerMilliseconds = 500;

/** Reads a postback, judges it, records it, answers. Nothing is acknowledged before it is stored or durably queued. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (event.rawPath === '/ping') return ping();
  if (isEmptyVisit(event)) return nothingHere();
  const began = Date.now();
  const deadline = deadlineAt(began + context.getRemainingTimeInMillis() - answerMilliseconds);
  const request = postbackRequestOf(event);
  if (event.rawPath.startsWith(batchPathPrefix)) return answerBatch(request, stores, queue, deadline);

  const requestId = mintRequestId(request.receivedAt, randomBytes(9));
  const submission = { request, requestId, attempts: 1 };
  const own = await judgeOrQueue(submission, stores, queue, deadline);
  const limited = own.facts.trust === 'none' ? limit(own.verdict.reason, request.sourceIp) : undefined;
  const judged = limited === undefined ? own : await refusedWith(submission, own.facts, limited, stores);
  const [lostRow] = await Promise.all([
    keepLogRow(judged, stores.postbackLog, queue, deadline),
    noteKeyUse(submission, judged.facts, stores.keyUse, deadline),
  ]);
  const { verdict, facts } = judged;
  emit(
    { ...countsOfReceived(verdict, facts.trust), ...(lostRow && { [metric.logRowLost]: 1 }) },
    { result: verdict.result, reason: verdict.reason, integration: facts.integrationId },
    {
      requestId,
      httpStatus: verdict.httpStatus,
      campaign: facts.campaignId,
      milliseconds: Date.now() - began,
    },
  );
  const fields = facts.dryRun ? explain(facts.clickIdValue, facts.values, facts.reading) : undefined;
  return httpResult(answerOf(verdict, facts.integration, fields));
}

/** The root is some senders' postback URL, and everybody's first look: without a parameter it is no postback. */
function isEmptyVisit({ rawPath, rawQueryString, body }: APIGatewayProxyEventV2): boolean {
  return rawPath === '/' && rawQueryString === '' && (body ?? '') === '';
}

function nothingHere(): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 404,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ message: 'Nothing is here. Postbacks go to /postback, clicks to /c/{campaign}.' }),
  };
}

/** Tells a sender that the way here is open, before it sends anything that counts. */
function ping(): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ result: 'pong', time: new Date().toISOString() }),
  };
}
