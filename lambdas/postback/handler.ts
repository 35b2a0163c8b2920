import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { deadlineAt } from '../adapters/deadline';
import { requireEnvironment } from '../adapters/environment';
import { postbackRequestOf, targetOf } from '../adapters/http-event';
import { retryQueue } from '../adapters/retry-queue';
import { sqsClient } from '../adapters/sqs';
import { mintRequestId } from '../domain/values/request-id';
import { floodLimit } from '../domain/log/flood-limit';
import { routePostback, type PostbackRoute } from '../domain/routing/postback-route';
import { storesFromEnvironment } from '../judgement/stores';
import { answerPostback } from './answer-postback';
import { answerBatch } from './batch';
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
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - answerMilliseconds);
  const request = postbackRequestOf(event);
  if (route.kind === 'batch') return answerBatch(request, stores, queue, deadline);

  const submission = { request, requestId: mintRequestId(request.receivedAt, randomBytes(9)), attempts: 1 };
  return route.kind === 'postback'
    ? answerPostback(submission, { stores, queue, limit }, deadline)
    : answerUnknownPath(submission, stores, queue, deadline);
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
