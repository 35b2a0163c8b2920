import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export interface EventFields {
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly sourceIp?: string;
  readonly now?: number;
}

/** An event as an HTTP API sends it (payload format 2.0): `/postback?a=1` is path and query. */
export function eventOf(target: string, fields: EventFields = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', body, headers = {}, parameters, sourceIp = '203.0.113.7', now = Date.now() } = fields;
  const at = target.indexOf('?');
  const rawPath = at < 0 ? target : target.slice(0, at);
  const isBase64Encoded = typeof body === 'object';
  return {
    version: '2.0',
    routeKey: `${method} ${rawPath}`,
    rawPath,
    rawQueryString: at < 0 ? '' : target.slice(at + 1),
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ...headers },
    ...(parameters !== undefined && { pathParameters: parameters }),
    ...(body !== undefined && { body: isBase64Encoded ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'api',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp, userAgent: 'test' },
      requestId: 'request-1',
      routeKey: `${method} ${rawPath}`,
      stage: '$default',
      time: '23/Nov/2026:14:00:00 +0000',
      timeEpoch: now,
    },
  };
}
