/**
 * Measures the cost of trust: microseconds of one core to make and check a click ID, a token, a signature.
 *   npm run bench:trust
 * A flood is rejected by these alone, so each is a price that an attacker makes us pay.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { Bench } from 'tinybench';
import { readDocument } from '../lambdas/domain/configuration/document';
import { mintClickId, readClickId } from '../lambdas/domain/click/signed-click-id';
import { loggedParameters } from '../lambdas/domain/log/logged-parameters';
import { maskedRaw } from '../lambdas/domain/log/masking';
import type { PostbackRequest } from '../lambdas/domain/text/postback-request';
import { authenticate } from '../lambdas/domain/trust/authentication';
import { acceptedCredentials, clickIdKeys, currentCredential, type Master } from '../lambdas/domain/trust/keys';

const master: Master = { currentNumber: 1, current: randomBytes(32).toString('hex') };
const rotated: Master = { currentNumber: 2, current: randomBytes(32).toString('hex'), previous: master.current };
const keyNumbers = { current: 2, previous: 1 };
const credential = currentCredential(master, 'acme', keyNumbers);
const credentials = acceptedCredentials(master, 'acme', keyNumbers);
const clickKeys = clickIdKeys(master);
const now = Date.now();
const clickId = mintClickId(clickKeys[0], now, randomBytes(8));
const forged = `${clickId.slice(0, -1)}${clickId.endsWith('0') ? '1' : '0'}`;

function requestOf(rawQuery: string, fields: Partial<PostbackRequest> = {}): PostbackRequest {
  const path = '/postback/acme';
  const sourceIp = '203.0.113.7';
  const headers = { 'user-agent': 'sender/1.0' };
  return { method: 'GET', path, rawQuery, body: new Uint8Array(), headers, sourceIp, receivedAt: now, ...fields };
}

function integrationWith(auth: Readonly<Record<string, 'required' | 'off'>>) {
  const reading = readDocument('integration', { name: 'Acme', preset: 'generic', currency: 'USD', auth });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

const fields = `clickid=${clickId}&amount=12.50&status=approved&txid=order-1234567890`;
const seconds = Math.floor(now / 1000);
const signedText = `${fields}&ts=${seconds}&kid=${credential.keyId}`;
const mac = createHmac('sha256', credential.signingKey).update(`v1.GET./postback/acme.${signedText}`).digest('hex');
const body = Buffer.from(JSON.stringify({ clickid: clickId, amount: '12.50', status: 'approved', txid: 'order-1' }));
const bodyMac = createHmac('sha256', credential.signingKey).update(`msg_1.${seconds}.`).update(body).digest('base64');

const byToken = integrationWith({ token: 'required', hmac: 'off' });
const bySignature = integrationWith({ token: 'off', hmac: 'required' });
const withToken = requestOf(`${fields}&token=${credential.token}`);
const withWrongToken = requestOf(`${fields}&token=${credential.token.replace(/.$/, '!')}`);
const signedQuery = requestOf(`${signedText}&sig=${mac}`);
const signedBody = requestOf('', {
  method: 'POST',
  body,
  headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${bodyMac}` },
});

/** Checks once that the request fares as the row says: a bench of the wrong thing would be worse than none. */
function checking(request: PostbackRequest, integration: typeof byToken, expected: boolean): () => void {
  const check = () => authenticate(request, integration, credentials, 'postback');
  if (check().ok !== expected)
    throw new Error(`${request.rawQuery} must be ${expected ? 'authenticated' : 'rejected'}`);
  return check;
}

const isLogged = loggedParameters(byToken);
const bench = new Bench({ time: 500, warmupTime: 200 })
  .add('mint a click ID', () => mintClickId(clickKeys[0], now, randomBytes(8)))
  .add('check a genuine click ID', () => readClickId(clickId, clickKeys))
  .add('reject a forged click ID', () => readClickId(forged, clickKeys))
  .add('reject a text of the wrong shape', () => readClickId('not-a-click-id', clickKeys))
  .add('derive the keys of click IDs, master just rotated', () => clickIdKeys(rotated))
  .add('derive the keys of an integration, two live', () => acceptedCredentials(master, 'acme', keyNumbers))
  .add('check a token', checking(withToken, byToken, true))
  .add('reject a wrong token', checking(withWrongToken, byToken, false))
  .add('check a signed query (HMAC on GET)', checking(signedQuery, bySignature, true))
  .add('check a signed body (Standard Webhooks)', checking(signedBody, bySignature, true))
  .add('mask a query for the log', () => maskedRaw(withToken, isLogged));

// In this thread and one after the other: nothing here waits.
bench.runSync();
const microseconds = (milliseconds: number): string => (milliseconds * 1000).toFixed(2);
console.table(
  bench.tasks.map(({ name, result }) => {
    if (!('latency' in result)) throw new Error(`${name}: ${result.state}`);
    const { p50, p99, samplesCount } = result.latency;
    return { what: name, 'µs, median': microseconds(p50), 'µs, p99': microseconds(p99), samples: samplesCount };
  }),
);
