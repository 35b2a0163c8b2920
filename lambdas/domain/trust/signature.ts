import { timingSafeEqual } from 'node:crypto';
import { hmacOf } from '../text/hmac';
import { trimInvisible } from '../text/percent-encoding';
import type { PostbackRequest } from '../text/postback-request';
import type { IntegrationCredential } from './keys';
import { queryStatement, webhookStatement } from './statement';
import { holdsParameters, type RequestKind } from './token-taking';

/** The content that a valid signature covers. */
export interface Signed {
  /** The request with the signed part alone. */
  readonly covered: PostbackRequest;
  readonly statement: string;
  /** Milliseconds since 1970. */
  readonly signedAt: number;
}

/** The result of one authentication check. */
export type CheckResult =
  | { readonly outcome: 'passed'; readonly keyId?: string; readonly retiring?: boolean; readonly signed?: Signed }
  | { readonly outcome: 'missing' | 'invalid' | 'stale' | 'address'; readonly message: string };

const invalid = (message: string): CheckResult => ({ outcome: 'invalid', message });

/**
 * Checks a signed postback. In the query: `…&ts=<unix>&kid=<key>&sig=<hex>`, `sig` last, HMAC-SHA-256 over
 * `v1.{METHOD}.{path}.{raw query before &sig=}`. In headers, for bodies: Standard Webhooks, over `{id}.{timestamp}.{body}`.
 * The raw text is signed as sent: what is re-sorted or re-encoded on the way no longer verifies. One key serves both formats, since no
 * text is valid in both, nor in two ways in one: an ID has no dot, a time has digits alone, and a method has letters alone.
 * @param toleranceSeconds how far the sender's clock may be off, either way
 */
export function checkSignature(
  request: PostbackRequest,
  credentials: readonly IntegrationCredential[],
  toleranceSeconds: number,
  kind: RequestKind = 'postback',
): CheckResult {
  if (request.headers['webhook-signature'] !== undefined) {
    return checkStandardWebhook(request, credentials, toleranceSeconds, kind);
  }
  // A body that no signature covers could be anything.
  if (request.body.length > 0) {
    return {
      outcome: 'missing',
      message:
        'A postback with a body is signed by the headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks).',
    };
  }
  return checkSignedQuery(request, credentials, toleranceSeconds);
}

const sample = 'Append the parameters ts (Unix seconds), kid (key ID) and sig (hex), sig last.';

function checkSignedQuery(
  request: PostbackRequest,
  credentials: readonly IntegrationCredential[],
  toleranceSeconds: number,
): CheckResult {
  const pairs = request.rawQuery.split('&');
  const signatures = pairs.filter((pair) => pair.startsWith('sig='));
  if (signatures.length === 0) return { outcome: 'missing', message: `The postback is not signed. ${sample}` };
  if (signatures.length > 1) return invalid('The postback carries "sig" more than once. Sign it once.');
  if (!pairs.at(-1)?.startsWith('sig='))
    return invalid('"sig" must be the last parameter. What follows it is not signed.');
  const signedPairs = pairs.slice(0, -1);
  const timestamp = onlyValue(signedPairs, 'ts');
  const keyId = onlyValue(signedPairs, 'kid');
  if (timestamp === undefined || keyId === undefined)
    return invalid(`A signed postback carries "ts" and "kid" once each. ${sample}`);
  const sent = signatures[0]?.slice('sig='.length) ?? '';
  if (!/^[0-9a-f]{64}$/i.test(sent)) return invalid('"sig" must be 64 hexadecimal digits: HMAC-SHA-256 in hex.');
  const { method, path } = request;
  if (!/^[A-Za-z]+$/.test(method)) return invalid('The method of a signed postback has letters only. Send it by GET.');
  const rawQuery = signedPairs.join('&');
  const text = `v1.${method}.${path}.${rawQuery}`;
  const named = credentials.filter((credential) => credential.keyId === keyId);
  const match = named.find(({ signingKey }) => equal(Buffer.from(sent, 'hex'), hmacOf(signingKey, text)));
  if (match === undefined) {
    return invalid(
      named.length === 0
        ? `"kid" names a key that is not in use here. The live keys are ${keyIdsOf(credentials)}.`
        : 'The signature does not match. Sign "v1.{METHOD}.{path}.{raw query before sig}" exactly as sent, with the decoded bytes of the secret.',
    );
  }
  const covered = { ...request, rawQuery, body: new Uint8Array(), headers: signedHeaders(request) };
  return (
    whyNotFresh(timestamp, request.receivedAt, toleranceSeconds) ?? {
      ...checkPassed(match, credentials),
      signed: { covered, statement: queryStatement(text), signedAt: Number(timestamp) * 1000 },
    }
  );
}

function checkStandardWebhook(
  request: PostbackRequest,
  credentials: readonly IntegrationCredential[],
  toleranceSeconds: number,
  kind: RequestKind,
): CheckResult {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': header = '' } = request.headers;
  if (id === undefined || timestamp === undefined) {
    return invalid('Standard Webhooks carries webhook-id, webhook-timestamp and webhook-signature together.');
  }
  // With a dot in it, one signed text could be split into ID, time and body in two ways.
  if (id.includes('.'))
    return invalid('webhook-id must not contain a dot, which separates it from the time. Send another ID.');
  // The signature covers the body alone: a query beside it could be anybody's.
  if (holdsParameters(request.rawQuery)) {
    return invalid(
      'The headers sign the body alone, and the query holds parameters that no signature covers. Send them in the body.',
    );
  }
  if (kind === 'postback' && isRows(request.body)) {
    return invalid(
      'A signed form has no line breaks, which make it rows of a batch. Encode them, or send rows to /postbacks/{integration}.',
    );
  }
  const signatures = header
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice('v1,'.length), 'base64'));
  if (signatures.length === 0) return invalid('webhook-signature holds no "v1," signature.');
  const match = credentials.find(({ signingKey }) => {
    const expected = hmacOf(signingKey, `${id}.${timestamp}.`, request.body);
    return signatures.some((signature) => equal(signature, expected));
  });
  if (match === undefined) {
    return invalid(
      'No signature in webhook-signature matches. Sign "{id}.{timestamp}.{body}" over the body exactly as sent.',
    );
  }
  const covered = { ...request, rawQuery: '', headers: signedHeaders(request) };
  return (
    whyNotFresh(timestamp, request.receivedAt, toleranceSeconds) ?? {
      ...checkPassed(match, credentials),
      signed: { covered, statement: webhookStatement(id, request.body), signedAt: Number(timestamp) * 1000 },
    }
  );
}

/** Lines of neither JSON nor multipart: as a batch they are CSV, and one signature must not be read in two ways. */
function isRows(body: Uint8Array): boolean {
  const text = trimInvisible(Buffer.from(body).toString('latin1'));
  return !/^(?:\{|--)/.test(text.replace(/^\u00ef\u00bb\u00bf/, '')) && /[\r\n]/.test(text);
}

/** No signature covers a header, the type of the body included. The name of the sender's program decides nothing. */
function signedHeaders({ headers }: PostbackRequest): PostbackRequest['headers'] {
  const userAgent = headers['user-agent'];
  return userAgent === undefined ? {} : { 'user-agent': userAgent };
}

function whyNotFresh(timestamp: string, receivedAt: number, toleranceSeconds: number): CheckResult | undefined {
  if (!/^\d{1,12}$/.test(timestamp)) return invalid('The time of a signature is in whole Unix seconds.');
  const off = Math.round(receivedAt / 1000) - Number(timestamp);
  if (Math.abs(off) <= toleranceSeconds) return undefined;
  return {
    outcome: 'stale',
    message: `The signature is ${Math.abs(off)} s ${off > 0 ? 'old' : 'ahead'}; ${toleranceSeconds} s are allowed. Sign each request when it is sent, and check the sender's clock.`,
  };
}

/** A match by an older key, or by one of the master before, passes and says that it is being replaced. */
export function checkPassed(
  match: IntegrationCredential,
  credentials: readonly IntegrationCredential[],
): Extract<CheckResult, { outcome: 'passed' }> {
  const newest = Math.max(...credentials.map(({ keyNumber }) => keyNumber));
  const retiring = match.keyNumber < newest || match.ofPreviousMaster === true;
  return { outcome: 'passed', keyId: match.keyId, ...(retiring && { retiring }) };
}

function onlyValue(pairs: readonly string[], name: string): string | undefined {
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

function keyIdsOf(credentials: readonly IntegrationCredential[]): string {
  return [...new Set(credentials.map(({ keyId }) => keyId))].join(', ');
}

/** Compares in constant time; the lengths are no secret. */
function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
