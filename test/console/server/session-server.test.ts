import { request as httpRequest } from 'node:http';
import { serveSession, type PageCall, type SessionServer } from '../../../console/server/session-server';

const calls: PageCall[] = [];
let answer: () => Promise<Response>;
let server: SessionServer;
let origin: string;
let secret: string;

beforeAll(async () => {
  const page = {
    headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'" },
    body: '<p>',
  };
  server = await serveSession(
    {
      page,
      route(call) {
        calls.push(call);
        return call.path.startsWith('/no') ? undefined : () => answer();
      },
    },
    0,
  );
  ({ origin } = new URL(server.url));
  secret = new URL(server.url).hash.replace('#s=', '');
});
afterAll(() => server.close());
beforeEach(() => {
  calls.length = 0;
  answer = () => Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
});

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A request with any headers, which `fetch` would not send, and with its path as it is written. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const outgoing = httpRequest({ hostname, port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
const known = (more: Record<string, string> = {}) => ({ 'x-tracker-session': secret, ...more });
const json = { 'content-type': 'application/json' };

test('the page is served without the secret, which stands in the fragment of its address alone', async () => {
  const { status, text, headers } = await ask('GET', '/');
  expect([status, text, secret]).toEqual([200, '<p>', expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(JSON.stringify(headers) + text).not.toContain(secret);
});

test("a call goes on with its parsed path, its query and its body, and the tracker's answer comes back", async () => {
  const headers = { 'content-type': 'application/json', etag: '"3"', 'x-request-id': 'r1', 'set-cookie': 'a=1' };
  answer = () => Promise.resolve(new Response('{"a":1}', { status: 201, headers }));
  const got = await ask('POST', '/x/../admin/v1/test-clicks?a=%20', known({ ...json, cookie: 'b=2' }), '{"b":2}');
  expect([got.status, got.text]).toEqual([201, '{"a":1}']);
  expect(got.headers).toMatchObject({ etag: '"3"', 'x-request-id': 'r1' });
  expect(got.headers).not.toHaveProperty('set-cookie');
  expect(calls).toEqual([
    { method: 'POST', path: '/admin/v1/test-clicks', search: '?a=%20', headers: json, body: '{"b":2}' },
  ]);
});

const stranger: [string, () => Record<string, string>, number, string][] = [
  ['another user of this machine, without the secret', () => ({}), 401, 'SESSION_UNKNOWN'],
  ['a page of an earlier session', () => ({ 'x-tracker-session': '0'.repeat(32) }), 401, 'SESSION_UNKNOWN'],
  ['the secret cut short', () => ({ 'x-tracker-session': secret.slice(1) }), 401, 'SESSION_UNKNOWN'],
  ['a page that rebound its name', () => known({ host: 'evil.example' }), 403, 'CALLER_FOREIGN'],
  ['a page of another site', () => known({ origin: 'https://evil.example' }), 403, 'CALLER_FOREIGN'],
  ['a page of another port', () => known({ 'sec-fetch-site': 'same-site' }), 403, 'CALLER_FOREIGN'],
  ['a form', () => known({ 'content-type': 'text/plain' }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
];
test.each(stranger)('%s changes nothing', async (_who, headers, status, error) => {
  const got = await ask('POST', '/admin/v1/test-clicks', { ...json, ...headers() }, '{}');
  expect([got.status, JSON.parse(got.text)]).toEqual([status, { error, message: expect.any(String) }]);
  expect(calls).toEqual([]);
});

test('a call that the page must not make goes nowhere', async () => {
  const got = await ask('GET', '/nothing', known());
  expect([got.status, JSON.parse(got.text)]).toMatchObject([403, { error: 'CALL_NOT_ALLOWED' }]);
});

test('a tracker that does not answer is told in its own words', async () => {
  answer = () => Promise.reject(new Error('There are no AWS credentials here that work.'));
  const got = await ask('GET', '/admin/v1/campaigns', known());
  expect([got.status, JSON.parse(got.text)]).toEqual([
    502,
    { error: 'TRACKER_UNREACHABLE', message: 'There are no AWS credentials here that work.' },
  ]);
});

test('a body beyond 1 MB is refused', async () => {
  const got = await ask('POST', '/admin/v1/test-clicks', known(json), 'x'.repeat(1024 * 1024 + 1));
  expect([got.status, calls]).toEqual([413, []]);
});
