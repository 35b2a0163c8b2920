import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { landingPageOf, type Visit } from '../domain/click/new-click';
import type { ClickId } from '../domain/identifiers/click-id';

const retryAfterSeconds = 5;

/** 302 and never 301: a redirect that a browser keeps hides every later click. Without a click ID its macro becomes empty. */
export function redirect(visit: Visit, clickId: ClickId | undefined): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 302,
    headers: {
      location: landingPageOf(visit, clickId),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer-when-downgrade',
    },
    body: '',
  };
}

export function notFound(paused: boolean): APIGatewayProxyStructuredResultV2 {
  return page(404, paused ? 'This campaign takes no visitors at the moment.' : 'There is no such campaign.');
}

export function unavailable(): APIGatewayProxyStructuredResultV2 {
  const answer = page(503, 'Please try again in a moment.');
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
}

function page(
  statusCode: number,
  text: string,
): APIGatewayProxyStructuredResultV2 & { headers: Record<string, string> } {
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: text,
  };
}
