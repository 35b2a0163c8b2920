import { isObject, listOf, parseJson, textOf } from '../json';

/** A response ready to send. */
export interface HttpResult {
  readonly statusCode: number;
  /** Names and values, repeated names allowed (`set-cookie`). */
  readonly headers: readonly (readonly [string, string])[];
  /** A text, or bytes if the function returned base64. */
  readonly body: string | Buffer;
}

/** Headers that the server sets; values of the function would contradict the response. */
const ownHeaders = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'];

export function errorResult(statusCode: number, message: string): HttpResult {
  return jsonResult(statusCode, { message });
}

export function jsonResult(statusCode: number, body: object): HttpResult {
  return { statusCode, headers: [['content-type', 'application/json']], body: JSON.stringify(body) };
}

/**
 * Builds an HTTP API's response from a function's result: a full response with a `statusCode`; anything else is the JSON body of a 200.
 * Returns `undefined` for a malformed result, for which API Gateway responds with 500.
 */
export function readResult(payload: string): HttpResult | undefined {
  const result = parseJson(payload);
  if (!isObject(result) || result['statusCode'] === undefined) {
    return { statusCode: 200, headers: [['content-type', 'application/json']], body: payload };
  }
  const statusCode = Number(result['statusCode']);
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) return undefined;
  const body = readBody(result['body'], result['isBase64Encoded']);
  const headers = readHeaders(result['headers']);
  if (body === undefined || headers === undefined) return undefined;
  if (!headers.some(([name]) => name === 'content-type')) headers.push(['content-type', 'text/plain; charset=utf-8']);
  for (const cookie of listOf(result['cookies'])) headers.push(['set-cookie', textOf(cookie)]);
  return headers.every(isSendable) ? { statusCode, headers, body } : undefined;
}

function readBody(body: unknown, isBase64: unknown): string | Buffer | undefined {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') return undefined;
  return isBase64 === true ? Buffer.from(body, 'base64') : body;
}

function readHeaders(given: unknown): [string, string][] | undefined {
  if (given === undefined || given === null) return [];
  if (!isObject(given)) return undefined;
  return Object.entries(given)
    .map(([name, value]): [string, string] => [name.toLowerCase(), textOf(value)])
    .filter(([name]) => !ownHeaders.includes(name));
}

/** Node throws on a header that would break the response. */
function isSendable([name, value]: readonly [string, string]): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
