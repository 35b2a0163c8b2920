import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { deadlineAt, type Deadline } from '../adapters/deadline';
import { requireEnvironment } from '../adapters/environment';
import { httpResult, postbackRequestOf, targetOf } from '../adapters/http-event';
import { emit } from '../adapters/metrics';
import { retryQueue, sqsClient } from '../adapters/retry-queue';
import { metric } from '../contract';
import { batchRowId, mintRequestId } from '../domain/identifiers/request-id';
import { answerOf, gravestOf } from '../domain/postback/answer';
import { floodLimit } from '../domain/postback/flood-limit';
import { explain } from '../domain/postback/explanation';
import { routePostback, type PostbackRoute } from '../domain/routing/postback-route';
import { countsOfReceived, warningsField } from '../judgement/counts';
import { refusedWith, type Judged } from '../judgement/judge';
import { noteKeyUse } from '../judgement/note-key-use';
import { storesFromEnvironment } from '../judgement/stores';
import type { Submission } from '../judgement/submission';
import { answerBatch } from './batch';
import { keepLogRow } from './keep-log-row';
import { judgeOrQueue } from './judge-or-queue';
import { plainAnswer } from './plain-answers';
import { answerUnknownPath } from './unknown-path';

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
  const route = routePostback(event.requestContext.http.method, targetOf(event), isEmpty(event));
  if (!isJudged(route)) return plainAnswer(route);
  const began = Date.now();
  const deadline = deadlineAt(began + context.getRemainingTimeInMillis() - answerMilliseconds);
  const request = postbackRequestOf(event);
  if (route.kind === 'batch') return answerBatch(request, stores, queue, deadline);

  const requestId = mintRequestId(request.receivedAt, randomBytes(9));
  const submission = { request, requestId, attempts: 1 };
  if (route.kind === 'unknown path') return answerUnknownPath(submission, stores, queue, deadline);
  const first = await answerOne(submission, deadline);
  const others: Judged[] = [];
  const { facts } = first;
  const { authenticated, covered, trust } = facts;
  // A request that lists several conversions is as many postbacks, one after the other; a stranger's is refused once.
  const isStrangers = trust === 'none' && first.verdict.result === 'rejected';
  const known = authenticated === undefined ? { request } : { request: covered, authenticated };
  const parts = isStrangers ? 1 : (facts.parts ?? 1);
  for (let part = 2; part <= parts; part++) {
    others.push(await answerOne({ ...submission, ...known, requestId: batchRowId(requestId, part), part }, deadline));
  }
  const fields = facts.dryRun ? explain(facts.clickIdValue, facts.values, facts.reading) : undefined;
  const verdicts = [first, ...others].map(({ verdict }) => verdict);
  return httpResult(answerOf(gravestOf(verdicts), facts.integration, fields));
}

/** Judges one postback, or queues it, and keeps its log row and its counts. */
async function answerOne(submission: Submission, deadline: Deadline): Promise<Judged> {
  const began = Date.now();
  const { request, requestId } = submission;
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
    {
      result: verdict.result,
      reason: verdict.reason,
      integration: facts.integrationId,
      warnings: warningsField(verdict, facts.trust),
    },
    {
      requestId,
      httpStatus: verdict.httpStatus,
      campaign: facts.campaignId,
      milliseconds: Date.now() - began,
    },
  );
  return judged;
}

/** Whether a request is a postback, or may have been meant as one. */
function isJudged(
  route: PostbackRoute,
): route is Extract<PostbackRoute, { kind: 'postback' | 'batch' | 'unknown path' }> {
  return route.kind === 'postback' || route.kind === 'batch' || route.kind === 'unknown path';
}

function isEmpty({ rawQueryString, body }: APIGatewayProxyEventV2): boolean {
  return rawQueryString === '' && (body ?? '') === '';
}
