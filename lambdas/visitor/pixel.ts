import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { targetOf } from '../adapters/http-event';
import { purposeOf } from '../domain/click/prefetch';
import { answerOf } from '../domain/verdict/answer';
import { splitPairs } from '../domain/text/query';
import { isAsked } from '../judgement/receive';
import { reportMethodsOnly, pixel, verdictPage } from './answers';
import { takeReport, type ReportTools } from './take-report';

/** A beacon is sent by POST, with all that it says in its query. */
const methods = ['GET', 'POST', 'HEAD'];

/** Reports a conversion by an image. The image comes whatever the verdict; with `debug=1` the verdict does, where the campaign says so. */
export async function answerPixel(
  event: APIGatewayProxyEventV2,
  integration: string,
  tools: ReportTools,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (!methods.includes(method)) return reportMethodsOnly(method, methods.join(', '));
  if (purposeOf(method, (name) => event.headers[name]) !== 'visit') return pixel(method);
  const { verdict, facts } = await takeReport(event, integration, tools, deadline);
  const isDebugged = facts.campaign?.browser?.debug === true;
  if (isDebugged && isAsked('debug', splitPairs(targetOf(event).query, 'query'))) {
    return verdictPage(answerOf(verdict, undefined).body);
  }
  return pixel(method);
}
