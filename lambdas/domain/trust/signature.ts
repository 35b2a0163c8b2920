import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PostbackRequest } from '../postback/request';
import type { IntegrationCredential } from './keys';

/** What one authentication check found. */
export type CheckResult =
  | { readonly outcome: 'passed'; readonly keyId?: string; readonly retiring?: boolean }
  | { readonly outcome: 'missing' | 'invalid' | 'stale'; readonly message: string };

const invalid = (message: string): CheckResult => ({ outcome: 'invalid', message });

/**
 * Checks a signed postback. In the query: `…&ts=<unix>&kid=<key>&sig=<hex>`, `sig` last, HMAC-SHA-256 over
 * `v1.{METHOD}.{path}.{raw query before &sig=}`. In headers, for bodies: Standard Webhooks, verbatim.
 * The raw text is signed as sent: what is re-sorted or re-encoded on the way no longer verifies.
 * @param toleranceSeconds how far the sender's clock may be off, either way
 */
export function checkSignature(
  request: PostbackRequest,
  credentials: readonly IntegrationCredential[],
  toleranceSeconds: number,
): CheckResult {
  if (request.headers['webhook-signature'] !== undefined) {
    return checkStandardWebhook(request, credentials, toleranceSeconds);
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

const sample = 'Append &ts=<unix seconds>&kid=<key ID>&sig=<hex>, sig last.';

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
    return invalid('"sig" must be the last parameter: whatever stands behind it is not signed.');
  const signed = pairs.slice(0, -1);
  const timestamp = onlyValue(signed, 'ts');
  const keyId = onlyValue(signed, 'kid');
  if (timestamp === undefined || keyId === undefined)
    return invalid(`A signed postback carries "ts" and "kid" once each. ${sample}`);
  const sent = signatures[0]?.slice('sig='.length) ?? '';
  if (!/^[0-9a-f]{64}$/i.test(sent)) return invalid('"sig" must be 64 hexadecimal digits: HMAC-SHA-256 in hex.');
  const text = `v1.${request.method}.${request.path}.${signed.join('&')}`;
  const named = credentials.filter((credential) => credential.keyId === keyId);
  const match = named.find(({ signingKey }) =>
    equal(Buffer.from(sent, 'hex'), createHmac('sha256', signingKey).update(text).digest()),
  );
  if (match === undefined) {
    return invalid(
      named.length === 0
        ? `"kid" names a key that is not in use here. The live keys are ${keyIdsOf(credentials)}.`
        : 'The signature does not match. Sign "v1.{METHOD}.{path}.{raw query before &sig=}" exactly as sent, with the decoded bytes of the secret.',
    );
  }
  return fresh(timestamp, request.receivedAt, toleranceSeconds) ?? passed(match, credentials);
}

function checkStandardWebhook(
  request: PostbackRequest,
  credentials: readonly IntegrationCredential[],
  toleranceSeconds: number,
): CheckResult {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': header = '' } = request.headers;
  if (id === undefined || timestamp === undefined) {
    return invalid('Standard Webhooks carries webhook-id, webhook-timestamp and webhook-signature together.');
  }
  // The signature covers the body alone: a query beside it could be anybody's.
  if (request.rawQuery.split('&').some((pair) => pair !== '' && !pair.startsWith('token='))) {
    return invalid(
      'The headers sign the body, and parameters came in the query, which no signature covers. Send them in the body, or sign a query without a body.',
    );
  }
  const signatures = header
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice('v1,'.length), 'base64'));
  if (signatures.length === 0) return invalid('webhook-signature holds no "v1," signature.');
  const match = credentials.find(({ signingKey }) => {
    const expected = createHmac('sha256', signingKey).update(`${id}.${timestamp}.`).update(request.body).digest();
    return signatures.some((signature) => equal(signature, expected));
  });
  if (match === undefined) {
    return invalid(
      'No signature in webhook-signature matches. Sign "{id}.{timestamp}.{body}" over the body exactly as sent.',
    );
  }
  return fresh(timestamp, request.receivedAt, toleranceSeconds) ?? passed(match, credentials);
}

function fresh(timestamp: string, receivedAt: number, toleranceSeconds: number): CheckResult | undefined {
  if (!/^\d{1,12}$/.test(timestamp)) return invalid('The time of a signature is in whole Unix seconds.');
  const off = Math.round(receivedAt / 1000) - Number(timestamp);
  if (Math.abs(off) <= toleranceSeconds) return undefined;
  return {
    outcome: 'stale',
    message: `The signature is of ${Math.abs(off)} s ${off > 0 ? 'ago' : 'ahead'}; ${toleranceSeconds} s are allowed. Sign each sending anew, and check the sender's clock.`,
  };
}

/** A match by an older key, or by one of the master before, passes and says that it is to be replaced. */
export function passed(match: IntegrationCredential, credentials: readonly IntegrationCredential[]): CheckResult {
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
