import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** One transparent pixel: 43 bytes. */
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==';

const noStore = { 'cache-control': 'no-store' };
const retryAfterSeconds = 5;

/** The answer to an image, whatever came of the report: a page never shows a broken one. */
export function pixel(method: string): APIGatewayProxyStructuredResultV2 {
  const headers = { ...noStore, 'content-type': 'image/gif', 'cross-origin-resource-policy': 'cross-origin' };
  return method === 'HEAD'
    ? { statusCode: 200, headers, body: '' }
    : { statusCode: 200, headers, body: gif, isBase64Encoded: true };
}

/** The verdict, for the developer of a page. */
export function verdictPage(body: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode: 200, headers: { ...noStore, 'content-type': 'application/json; charset=utf-8' }, body };
}

export function sendOn(location: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode: 302, headers: { ...noStore, location }, body: '' };
}

export function nothingHere(text: string): APIGatewayProxyStructuredResultV2 {
  return page(404, text);
}

/** A browser that fetches ahead drops an error, and asks again when its visitor goes. */
export function reportLater(): APIGatewayProxyStructuredResultV2 {
  return page(503, 'A conversion is reported when its visitor goes, not ahead of it.');
}

export function unavailable(): APIGatewayProxyStructuredResultV2 {
  const answer = page(503, 'Please try again in a moment.');
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
}

export function reportMethodsOnly(method: string, allow: string): APIGatewayProxyStructuredResultV2 {
  const answer = method === 'OPTIONS' ? page(204, '') : page(405, `This path takes ${allow}.`);
  return { ...answer, headers: { ...answer.headers, allow } };
}

function page(
  statusCode: number,
  text: string,
): APIGatewayProxyStructuredResultV2 & { headers: Record<string, string> } {
  return { statusCode, headers: { ...noStore, 'content-type': 'text/plain; charset=utf-8' }, body: text };
}
