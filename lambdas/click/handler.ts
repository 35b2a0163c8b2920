import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { deadlineAt } from '../adapters/deadline';
import { targetOf } from '../adapters/http-event';
import { routeClick } from '../domain/routing/click-route';
import { answerScriptClick } from './script-click';
import { answerScript } from './script-file';
import { toolsFromEnvironment } from './tools';
import { answerVisit } from './visit';

const tools = toolsFromEnvironment();

/** Left of the function's time for answering when everything else has taken too long. */
const answerMilliseconds = 500;

/** Records clicks, by redirect and by script, and serves the script that records them. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - answerMilliseconds);
  const route = routeClick(targetOf(event));
  switch (route.kind) {
    case 'script':
      return answerScript(event);
    case 'script click':
      return answerScriptClick(event, route.campaign, tools, deadline);
    case 'visit':
      return answerVisit(event, tools, deadline);
  }
}
