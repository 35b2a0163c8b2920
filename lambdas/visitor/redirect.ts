import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import { targetOf } from '../adapters/http-event';
import { emit, logTrouble } from '../adapters/metrics';
import * as metric from '../counters';
import { purposeOf } from '../domain/click/prefetch';
import { redirectTarget } from '../domain/visit/redirect';
import type { Integration } from '../domain/configuration/integration';
import { ownValue } from '../domain/text/own-value';
import { splitPairs } from '../domain/text/query';
import { reportLater, reportMethodsOnly, nothingHere, sendOn, unavailable } from './answers';
import { takeReport, type ReportTools } from './take-report';

const methods = ['GET', 'HEAD'];

/**
 * Reports a conversion by the visitor's own way through, and sends him on to a page that the integration names: none that a URL brings. The
 * visitor is redirected whatever the result of the report.
 * @param fallback where visitors go while the integration cannot be read
 */
export async function answerRedirect(
  event: APIGatewayProxyEventV2,
  integration: string,
  tools: ReportTools,
  fallback: string | undefined,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (!methods.includes(method)) return reportMethodsOnly(method, methods.join(', '));
  const purpose = purposeOf(method, (name) => event.headers[name]);
  if (purpose === 'prefetch') {
    // The same 503 as a click's, and excused from the alarms by the same count.
    emit({ [metric.clickPrefetched]: 1 }, {});
    return reportLater();
  }
  const [answer] = await Promise.all([
    destinationOf(event, integration, tools, fallback, deadline),
    purpose === 'visit' && takeReport(event, integration, tools, deadline),
  ]);
  return answer;
}

async function destinationOf(
  event: APIGatewayProxyEventV2,
  integration: string,
  { stores }: ReportTools,
  fallback: string | undefined,
  deadline: Deadline,
): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    const found = await stores.configuration.find('integration', integration, deadline);
    if (found === undefined) return nothingHere('There is no such integration.');
    const destination = chosen(found.document, targetOf(event).query);
    return destination === undefined
      ? nothingHere('There is no such destination. Name one of destinations of the integration as "to".')
      : sendOn(redirectTarget(destination, {}));
  } catch (error) {
    logTrouble('the destination could not be read', error, { integration: integration.slice(0, 64) });
    return fallback === undefined ? unavailable() : sendOn(redirectTarget(fallback, {}));
  }
}

/** The destination that the URL names; where it names none, the only one there is. */
function chosen({ destinations = {} }: Integration, query: string): string | undefined {
  const named = splitPairs(query, 'query').find(({ name }) => name.toLowerCase() === 'to')?.value;
  const [only, ...others] = Object.values(destinations);
  if (named !== undefined) return ownValue(destinations, named);
  return others.length === 0 ? only : undefined;
}
