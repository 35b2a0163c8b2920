import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { PostbackRoute } from '../domain/routing/postback-route';

type Plain = Exclude<PostbackRoute['kind'], 'postback' | 'batch' | 'unknown path'>;

/** Answers what needs no judgement, and of which nothing is recorded. */
export function plainAnswer(route: Extract<PostbackRoute, { kind: Plain }>): APIGatewayProxyStructuredResultV2 {
  switch (route.kind) {
    case 'ping':
      return json(200, { result: 'pong', time: new Date().toISOString() });
    case 'click':
    case 'visitor':
      // 307: the method stays, and no browser keeps it.
      return { statusCode: 307, headers: { location: route.location, 'cache-control': 'no-store' }, body: '' };
    case 'courtesy':
      return { statusCode: route.status, headers: { allow: route.allow, 'cache-control': 'no-store' }, body: '' };
    case 'method not allowed':
      return json(405, { message: `This path takes ${route.allow}. Nothing was recorded.` }, { allow: route.allow });
  }
}

function json(
  statusCode: number,
  body: object,
  more: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...more },
    body: JSON.stringify(body),
  };
}
