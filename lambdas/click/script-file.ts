import { brotliCompressSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { visitorScript } from '../domain/click/script-text';

const etag = `"${visitorScript.integrity}"`;

/** Any page may load it: that its hash can be checked takes a public answer. */
const headers = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'public, max-age=31536000, immutable',
  etag,
  vary: 'accept-encoding',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

let compressed: string | undefined;

/** Serves the script for landing pages, compressed where the browser takes that. */
export function answerScript(event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 {
  const { method } = event.requestContext.http;
  if (method !== 'GET' && method !== 'HEAD') {
    return { statusCode: 405, headers: { allow: 'GET, HEAD', 'cache-control': 'no-store' }, body: '' };
  }
  if (event.headers['if-none-match'] === etag) return { statusCode: 304, headers, body: '' };
  const body = method === 'HEAD' ? '' : visitorScript.text;
  if (body === '' || !/\bbr\b/.test(event.headers['accept-encoding'] ?? '')) return { statusCode: 200, headers, body };
  compressed ??= brotliCompressSync(body).toString('base64');
  return {
    statusCode: 200,
    headers: { ...headers, 'content-encoding': 'br' },
    body: compressed,
    isBase64Encoded: true,
  };
}
