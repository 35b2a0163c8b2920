import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { deadlineAt } from '../adapters/deadline';
import { optionalEnvironment, requireEnvironment } from '../adapters/environment';
import { targetOf } from '../adapters/http-event';
import { retryQueue } from '../adapters/retry-queue';
import { sqsClient } from '../adapters/sqs';
import { reportLimit } from '../domain/log/report-limit';
import { routeVisitor } from '../domain/routing/visitor-route';
import { reportStoresFromEnvironment } from './stores';
import { nothingHere } from './answers';
import { answerPixel } from './pixel';
import { answerRedirect } from './redirect';
import type { ReportTools } from './take-report';

const tools: ReportTools = {
  stores: reportStoresFromEnvironment(),
  queue: retryQueue(sqsClient(), requireEnvironment('retryQueueUrl')),
  limit: reportLimit(),
};
const fallback = optionalEnvironment('fallbackUrl');

/** Left of the function's time for answering when everything else has taken too long. */
const answerMilliseconds = 500;

/** Takes what visitors' browsers report where no server does. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - answerMilliseconds);
  const route = routeVisitor(targetOf(event));
  switch (route.kind) {
    case 'redirect':
      return answerRedirect(event, route.integration, tools, fallback, deadline);
    case 'pixel':
      return answerPixel(event, route.integration, tools, deadline);
    case 'unknown':
      return nothingHere('Nothing is at this path. Browsers report to /r/{integration} and /p/{integration}.gif.');
  }
}
