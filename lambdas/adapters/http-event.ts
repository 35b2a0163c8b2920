import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { PostbackAnswer } from '../domain/verdict/answer';
import { keptHeaders, type PostbackRequest } from '../domain/text/postback-request';
import { integrationIn, readTarget, type Target } from '../domain/routing/target';
import { sourceAddressOf } from './source-address';

/** Returns the bytes of the body. Only the flag shows the encoding: the content type does not. */
export function bodyOf(event: APIGatewayProxyEventV2): Uint8Array {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

/** Returns the target of an event. Path parameters are not enough: the default route has none. */
export function targetOf({ rawPath, rawQueryString }: APIGatewayProxyEventV2): Target {
  return readTarget(rawPath, rawQueryString);
}

/** The headers that parsing and authentication need. */
export function headersOf(event: APIGatewayProxyEventV2): PostbackRequest['headers'] {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = event.headers[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** Reads the postback from an HTTP API event (payload format 2.0). No header of the sender sets the address. */
export function postbackRequestOf(event: APIGatewayProxyEventV2): PostbackRequest {
  const { http, timeEpoch } = event.requestContext;
  const target = targetOf(event);
  const integration = integrationIn(target);
  return {
    method: http.method,
    path: target.path,
    rawQuery: target.query,
    body: bodyOf(event),
    headers: headersOf(event),
    sourceIp: sourceAddressOf(event),
    receivedAt: timeEpoch,
    ...(integration !== undefined && { integration }),
  };
}

export function httpResult({ statusCode, headers, body }: PostbackAnswer): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { ...headers }, body };
}
