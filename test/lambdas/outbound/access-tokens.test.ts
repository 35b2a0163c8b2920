import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { accessTokens } from '../../../lambdas/outbound/access-tokens';
import type { Attempt } from '../../../lambdas/domain/outbound/judge';
import type { OutboundRequest } from '../../../lambdas/domain/outbound/request';
import { templateOf } from '../../../lambdas/domain/outbound/sources';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const keyFile = JSON.stringify({
  type: 'service_account',
  client_email: 'tracker@project.iam.gserviceaccount.com',
  private_key: privateKey,
  token_uri: 'https://elsewhere.example/token',
});
const exchange = templateOf('google-ads')?.exchange;
if (exchange === undefined) throw new Error('the template has no exchange');

const begun = Date.parse('2026-11-23T12:00:00.000Z');
let now = begun;
let sent: OutboundRequest[] = [];
let answers: readonly Attempt[] = [];
const token = (text: string): Attempt => ({
  httpStatus: 200,
  text: JSON.stringify({ access_token: text, expires_in: 3599 }),
});

const tokens = () =>
  accessTokens(
    async (request) => {
      sent.push(request);
      return answers[Math.min(sent.length, answers.length) - 1] ?? { failure: 'CONNECTION_FAILED' };
    },
    () => now,
  );

beforeEach(() => {
  now = begun;
  sent = [];
});

test('a hundred deliveries at once exchange the key once, and later ones use the same token until it is about to expire', async () => {
  answers = [token('first'), token('second')];
  const cache = tokens();
  const all = await Promise.all(Array.from({ length: 100 }, () => cache.of(exchange, keyFile)));

  expect(new Set(all.map((one) => one.ok && one.token))).toEqual(new Set(['first']));
  expect(sent).toHaveLength(1);
  now += 54 * 60_000;
  expect(await cache.of(exchange, keyFile)).toEqual({ ok: true, token: 'first' });
  now += 60_000;
  const again = await Promise.all(Array.from({ length: 100 }, () => cache.of(exchange, keyFile)));
  expect(new Set(again.map((one) => one.ok && one.token))).toEqual(new Set(['second']));
  expect(sent).toHaveLength(2);
});

test('what is sent is signed by the key, for an hour, and goes where the template says, whatever the key file names', async () => {
  answers = [token('first')];
  await tokens().of(exchange, keyFile);
  const [{ url, body = '' } = { url: '' }] = sent;
  const form = new URLSearchParams(body);
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

  expect(url).toBe('https://oauth2.googleapis.com/token');
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  expect(decoded(head)).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(decoded(claims)).toEqual({
    iss: 'tracker@project.iam.gserviceaccount.com',
    scope: 'https://www.googleapis.com/auth/datamanager',
    aud: 'https://oauth2.googleapis.com/token',
    iat: begun / 1000,
    exp: begun / 1000 + 3600,
  });
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${claims}`),
    createPublicKey(publicKey),
    Buffer.from(signature, 'base64url'),
  );
  expect(isSigned).toBe(true);
});

test.each([
  ['is no JSON', 'no key'],
  ['has no key in it', JSON.stringify({ client_email: 'a@b' })],
  ['has a key that cannot be read', JSON.stringify({ client_email: 'a@b', private_key: 'PEM' })],
])('a file that %s is for a person to correct, and nothing is sent', async (_, file) => {
  expect(await tokens().of(exchange, file)).toEqual({
    ok: false,
    detail: 'service_account is no key file of a service account',
  });
  expect(sent).toEqual([]);
});

test('a key that Google rejects says so, and is tried again with the next delivery', async () => {
  answers = [{ httpStatus: 400, text: '{"error":"invalid_grant"}' }, token('second')];
  const cache = tokens();

  expect(await cache.of(exchange, keyFile)).toEqual({
    ok: false,
    detail: 'oauth2.googleapis.com rejects service_account: {"error":"invalid_grant"}',
  });
  expect(await cache.of(exchange, keyFile)).toEqual({ ok: true, token: 'second' });
});

test.each<Attempt>([
  { failure: 'TIMED_OUT' },
  { httpStatus: 503, text: 'later' },
  { httpStatus: 200, text: 'nothing' },
])(
  'after %j there is no token now: that is no attempt at the source, and the next delivery asks anew',
  async (answer) => {
    answers = [answer, token('second')];
    const cache = tokens();

    await expect(cache.of(exchange, keyFile)).rejects.toThrow('no access token');
    expect(await cache.of(exchange, keyFile)).toEqual({ ok: true, token: 'second' });
  },
);
