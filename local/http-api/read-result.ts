import { isObject, listOf, parseJson, textOf } from '../json';

/** A response ready to send. */
export interface HttpResult {
  readonly statusCode: number;
  /** Names and values, repeated names allowed (`set-cookie`). */
  readonly headers: readonly (readonly [string, string])[];
  /** Text, or bytes where the function gave base64. */
  readonly body: string | Buffer;
}

/** Set by the server itself; a function's own value would contradict what is sent. */
const ownHeaders = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'];

export function errorResult(statusCode: number, message: string): HttpResult {
  return jsonResult(statusCode, { message });
}

export function jsonResult(statusCode: number, body: object): HttpResult {
  return { statusCode, headers: [['content-type', 'application/json']], body: JSON.stringify(body) };
}

/**
 * The response that an HTTP API makes of a function's result. With a `statusCode` it is a full response; anything else
 * becomes a 200 with the result as JSON body. `undefined` means malformed: API Gateway answers 500.
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

/** Node throws on a header that would break the response apart. */
function isSendable([name, value]: readonly [string, string]): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
