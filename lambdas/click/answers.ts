import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clickMethods } from '../domain/routing/target';

const retryAfterSeconds = 5;

/** Reasons for which a visitor gets no offer. */
export type Unserved = 'unknown' | 'paused' | 'unreadable';

/** 302 and never 301: a redirect that a browser keeps hides every later click. */
export function redirectTo(location: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 302,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer-when-downgrade' },
    body: '',
  };
}

/** Answers a visitor who gets no offer, where no fallback URL is configured. */
export function unserved(reason: Unserved): APIGatewayProxyStructuredResultV2 {
  switch (reason) {
    case 'unknown':
      return page(404, 'There is no such campaign.');
    case 'paused':
      return page(404, 'This campaign takes no visitors at the moment.');
    case 'unreadable':
      return unavailable();
  }
}

/**
 * Answers a browser that fetches ahead of its visitor. It drops an error, and asks again when the visitor goes; a redirect it would
 * keep, and the visitor would land without a click.
 */
export function askAgain(): APIGatewayProxyStructuredResultV2 {
  return page(503, 'A click is recorded when its visitor goes, not ahead of it.');
}

/** Answers a method that is no visit: `OPTIONS` only asks, any other is rejected. */
export function methodsOnly(method: string): APIGatewayProxyStructuredResultV2 {
  const allow = clickMethods.join(', ');
  const answer = method === 'OPTIONS' ? page(204, '') : page(405, `A click takes ${allow}.`);
  return { ...answer, headers: { ...answer.headers, allow } };
}

function unavailable(): APIGatewayProxyStructuredResultV2 {
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
