import { ApiFailure } from '../../../operator/api/api-failure';
import { Failure } from '../../../operator/failure';
import { serveConsole, type ServedConsole } from '../../../console/server/console';
import { CredentialsExpired, type AdminCall, type TrackerAccess } from '../../../console/server/tracker-access';
import { adminRoutes } from '../../../lambdas/admin/routes';
import { rawRequest, type RawAnswer } from '../support/raw-request';

const publicUrl = 'https://track.example';

/** What reached the tracker, a line each. */
const done: string[] = [];
let adminAnswer: (call: AdminCall) => Promise<Response>;
let isProtected: boolean;
let explanation: () => Promise<object>;

const tracker: TrackerAccess = {
  session: () =>
    Promise.resolve({
      stage: 'prod',
      identity: 'arn:aws:iam::123456789012:user/ada',
      version: '1.0.0',
      publicUrl,
      protected: isProtected,
      local: false,
    }),
  status: () => Promise.resolve({ troubles: [] }),
  admin(given) {
    const { method, path, search, body } = given;
    done.push(`${method} ${path}${search}${body === undefined ? '' : ` ${body}`}`);
    return adminAnswer(given);
  },
  sendPostback({ url, integration }) {
    done.push(`postback ${url.href}${integration === undefined ? '' : ` of ${integration}`}`);
    return Promise.resolve(new Response('OK', { status: 200, headers: { 'x-request-id': 'r1' } }));
  },
  explain(order) {
    done.push(`explain ${JSON.stringify(order)}`);
    return explanation();
  },
};

let brokenBy: Error | undefined;
const page = async () => {
  if (brokenBy !== undefined) throw brokenBy;
  return {
    document: '<!doctype html><div id="app"></div>',
    assets: new Map([['assets/main-ABCD1234.js', Buffer.from('start();'.repeat(100))]]),
    firstLoad: ['assets/main-ABCD1234.js'],
  };
};

let reading: ServedConsole;
let writing: ServedConsole;

beforeAll(async () => {
  reading = await serveConsole({ page, tracker, write: false }, 0);
  writing = await serveConsole({ page, tracker, write: true }, 0);
});
afterAll(async () => {
  await reading.close();
  await writing.close();
});
beforeEach(() => {
  done.length = 0;
  isProtected = true;
  brokenBy = undefined;
  explanation = () => Promise.resolve({ fields: [] });
  adminAnswer = () => Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
});

const json = { 'content-type': 'application/json' };
const secretOf = ({ url }: ServedConsole): string => new URL(url).hash.replace('#session=', '');

function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
  served = writing,
): Promise<RawAnswer> {
  return rawRequest(new URL(served.url).origin, method, path, headers, body);
}

/** A call that shows the secret. */
function call(method: string, path: string, body?: string, served = writing): Promise<RawAnswer> {
  const headers = { 'x-tracker-session': secretOf(served), ...(body !== undefined && json) };
  return ask(method, `/console/api/${path}`, headers, body, served);
}

describe('the page', () => {
  test('is served without the secret, which is in the fragment of its address alone', async () => {
    const { status, text, headers } = await ask('GET', '/console/');
    expect([status, text]).toEqual([200, '<!doctype html><div id="app"></div>']);
    expect(writing.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/console\/#session=[0-9a-f]{32}$/);
    expect(JSON.stringify(headers) + text).not.toContain(secretOf(writing));
  });

  test('is the same at every address of the console that a person opens, and known again by its ETag', async () => {
    const html = { accept: 'text/html,*/*' };
    const first = await ask('GET', '/console/');
    const deep = await ask('GET', '/console/requests/06h0mgzbe5e2k390zqq4j647?since=1h', html);
    const again = await ask('GET', '/console/requests', { ...html, 'if-none-match': String(first.headers['etag']) });
    expect([deep.status, deep.text, deep.headers['etag']]).toEqual([200, first.text, first.headers['etag']]);
    expect([again.status, again.text, again.headers['cache-control']]).toEqual([304, '', 'no-cache']);
  });

  test('is at /console/, to which /console leads', async () => {
    const { status, headers } = await ask('GET', '/console?since=1h');
    expect([status, headers['location']]).toEqual([308, '/console/?since=1h']);
  });

  test.each([
    ['a module of an earlier build', '/console/assets/main-GONE0000.js', 'text/html,*/*'],
    ['a file that a program asks for', '/console/assets/other', '*/*'],
    ['a source map', '/console/main.js.map', 'text/html'],
  ])('%s is 404 in words, never the page', async (_what, path, accept) => {
    const { status, headers, text } = await ask('GET', path, { accept });
    expect([status, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(text).toMatch(/^There is no such file/);
  });

  test('its files are kept for good, compressed where that is asked for, and have no body for HEAD', async () => {
    const path = '/console/assets/main-ABCD1234.js';
    const [plain, head] = [await ask('GET', path), await ask('HEAD', path)];
    const zipped = await ask('GET', path, { 'accept-encoding': 'br, gzip' });
    expect(plain.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
    expect([head.text, head.headers['content-length']]).toEqual(['', plain.headers['content-length']]);
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(Number(zipped.headers['content-length'])).toBeLessThan(plain.text.length);
  });

  test('whose sources are wrong says so, instead of being an older one', async () => {
    brokenBy = new Error('main.tsx:3:1: ERROR: Expected ";"');
    const { status, text } = await ask('GET', '/console/');
    expect([status, text]).toEqual([500, 'The page could not be built: main.tsx:3:1: ERROR: Expected ";"\n']);
  });

  test('is only read', async () => {
    const { status, headers } = await ask('POST', '/console/requests', json, '{}');
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test('opens from a link in a ticket, and in no frame of another site', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const frame = { ...link, 'sec-fetch-dest': 'iframe' };
    const statuses = [await ask('GET', '/console/requests', { ...link, accept: 'text/html' })].map((one) => one.status);
    expect([...statuses, (await ask('GET', '/console/', frame)).status]).toEqual([200, 403]);
  });
});

test.each([
  ['the page', '/console/', {}],
  ['a missing file', '/console/x.js', {}],
  ['a redirect', '/console', {}],
  ['an answer', '/console/api/session', { 'x-tracker-session': 'right' }],
  ['an error', '/console/api/session', {}],
])('%s comes under the strict policy, and says who may see it', async (_what, path, given: Record<string, string>) => {
  const headers = Object.fromEntries(Object.keys(given).map((name) => [name, secretOf(writing)]));
  expect((await ask('GET', path, headers)).headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('clipboard-write=(self)'),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

describe('a call', () => {
  test("goes on with its path, its query and its body, and the tracker's answer comes back", async () => {
    const headers = { 'content-type': 'application/json', etag: '"3"', 'retry-after': '5', 'set-cookie': 'a=1' };
    adminAnswer = () => Promise.resolve(new Response('{"a":1}', { status: 201, headers }));
    const got = await call('POST', 'admin/v1/campaigns/a%20b?history=1', '{"b":2}');
    expect([got.status, got.text]).toEqual([201, '{"a":1}']);
    expect(got.headers).toMatchObject({ etag: '"3"', 'retry-after': '5', 'cache-control': 'no-store' });
    expect(got.headers).not.toHaveProperty('set-cookie');
    expect(done).toEqual(['POST /campaigns/a%20b?history=1 {"b":2}']);
  });

  test('carries neither cookies nor the secret to the tracker', async () => {
    let sent: AdminCall | undefined;
    adminAnswer = (given) => Promise.resolve(((sent = given), new Response('{}')));
    const headers = { 'x-tracker-session': secretOf(writing), cookie: 'a=1', 'if-match': '"2"', authorization: 'x' };
    await ask('DELETE', '/console/api/admin/v1/campaigns/a', { ...headers, ...json });
    expect(sent?.headers).toEqual({ ...json, 'if-match': '"2"' });
  });

  const right = (): Record<string, string> => ({ 'x-tracker-session': secretOf(writing), ...json });
  const strangers: [string, () => Record<string, string>, number, string][] = [
    ['another user of this machine, without the secret', () => json, 401, 'SESSION_INVALID'],
    [
      'a page of an earlier session',
      () => ({ ...right(), 'x-tracker-session': '0'.repeat(32) }),
      401,
      'SESSION_INVALID',
    ],
    [
      'the secret cut short',
      () => ({ ...right(), 'x-tracker-session': secretOf(writing).slice(1) }),
      401,
      'SESSION_INVALID',
    ],
    [
      'a page of the console at another port',
      () => ({ ...right(), 'x-tracker-session': secretOf(reading) }),
      401,
      'SESSION_INVALID',
    ],
    ['a page that rebound its name', () => ({ ...right(), host: 'evil.example' }), 403, 'CALLER_FOREIGN'],
    ['a host name without the port', () => ({ ...right(), host: '127.0.0.1' }), 403, 'CALLER_FOREIGN'],
    ['a page of another site', () => ({ ...right(), origin: 'https://evil.example' }), 403, 'CALLER_FOREIGN'],
    ['a page of another port', () => ({ ...right(), origin: 'http://127.0.0.1:1' }), 403, 'CALLER_FOREIGN'],
    [
      'a page of another port that names no origin',
      () => ({ ...right(), 'sec-fetch-site': 'same-site' }),
      403,
      'CALLER_FOREIGN',
    ],
    [
      'a link that another site makes a person follow',
      () => ({
        ...right(),
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      }),
      403,
      'CALLER_FOREIGN',
    ],
    ['a tunnel', () => ({ ...right(), 'x-forwarded-for': '192.0.2.1' }), 403, 'CALLER_FOREIGN'],
    ['a form', () => ({ ...right(), 'content-type': 'text/plain' }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a form with files', () => ({ ...right(), 'content-type': 'multipart/form-data' }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a body without a type', () => ({ 'x-tracker-session': secretOf(writing) }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ];
  test.each(strangers)('%s changes nothing', async (_who, headers, status, error) => {
    const got = await ask('POST', '/console/api/admin/v1/test-clicks', headers(), '{}');
    expect([got.status, got.json()]).toEqual([status, { error, message: expect.any(String) }]);
    const other = await ask('POST', '/console/api/test-postbacks', headers(), `{"url":"${publicUrl}/postback"}`);
    expect([other.status, done]).toEqual([status, []]);
  });

  test.each([
    ['/x/../admin/v1/campaigns', 404],
    ['/admin/v1/campaigns', 404],
    ['/console/../admin/v1/campaigns', 404],
    ['/console/api/../../admin/v1/campaigns', 404],
    ['/console/api/admin/v1/../../../admin/v1/campaigns', 404],
    ['/console/api/admin/v1/../v2/campaigns', 404],
    ['/console/api/admin/v1/..%2f..%2f_local/faults', 400],
    ['/console/api/admin/v1/..%5c..%5c_local/faults', 400],
    ['/console/api/admin/v1/campaigns/%2e%2e%2fx', 400],
    ['/console/api/admin/v1/campaigns/%E0%A4', 400],
    ['/console/api/admin', 404],
    ['/console/api/_local/faults', 404],
    ['//console/api/admin/v1/campaigns', 404],
    ['http://evil.example/console/api/admin/v1/campaigns', 400],
  ])('the path trick %s leads nowhere', async (path, status) => {
    const got = await ask('GET', path, { 'x-tracker-session': secretOf(writing) });
    expect([got.status, done]).toEqual([status, []]);
  });

  test('without a body beyond 1 MB', async () => {
    const got = await call('PUT', 'admin/v1/campaigns/a', 'x'.repeat(1024 * 1024 + 1));
    expect([got.status, done]).toEqual([413, []]);
  });

  test('is answered in words where the tracker cannot be reached', async () => {
    adminAnswer = () => Promise.reject(new Error('Nothing answers at https://track.example (ECONNREFUSED).'));
    const got = await call('GET', 'admin/v1/campaigns');
    expect([got.status, got.json()]).toEqual([
      502,
      { error: 'TRACKER_UNREACHABLE', message: 'Nothing answers at https://track.example (ECONNREFUSED).' },
    ]);
  });

  test('is answered with the command to type where the credentials have expired', async () => {
    adminAnswer = () => Promise.reject(new CredentialsExpired('aws sso login --profile work'));
    const got = await call('GET', 'admin/v1/campaigns');
    expect([got.status, got.json()]).toEqual([
      401,
      {
        error: 'CREDENTIALS_EXPIRED',
        command: 'aws sso login --profile work',
        message: expect.stringContaining('"aws sso login --profile work"'),
      },
    ]);
  });
});

describe('a protected stage without --write', () => {
  test.each([
    ['PUT', 'admin/v1/campaigns/a'],
    ['DELETE', 'admin/v1/clicks/01h0mgzbe5e2k390zqq4j64701h0mgzb'],
    ['POST', 'admin/v1/test-clicks'],
    ['POST', 'admin/v1/integrations/acme/keys'],
    ['POST', 'admin/v1/integrations/acme/credentials'],
    ['POST', 'admin/v1/dead-letters/redrive'],
    ['POST', 'admin/v1/postbacks/replay'],
    ['POST', 'admin/v1/something/new'],
    ['PATCH', 'admin/v1/campaigns/a'],
    ['POST', 'test-postbacks'],
  ])('is not changed: %s %s', async (method, path) => {
    const body = method === 'DELETE' ? undefined : `{"url":"${publicUrl}/postback"}`;
    const got = await call(method, path, body, reading);
    expect([got.status, got.json()]).toEqual([
      403,
      { error: 'READ_ONLY', message: expect.stringContaining('--write') },
    ]);
    expect(done).toEqual([]);
  });

  const changing = adminRoutes.filter(({ method, path }) => method !== 'GET' && path !== 'reports/audit/counted');
  test.each(changing.map(({ method, path }) => [method, path.replaceAll(/\{\w+\}/g, 'a')] as const))(
    'is not changed by a route of the admin API: %s %s',
    async (method, path) => {
      const got = await call(method, `admin/v1/${path}`, method === 'DELETE' ? undefined : '{}', reading);
      expect([got.status, got.json(), done]).toMatchObject([403, { error: 'READ_ONLY' }, []]);
    },
  );

  test('is read, and a replay is rehearsed', async () => {
    const rehearsal = '{"dryRun":true,"filter":{"integration":"acme"}}';
    const statuses = [
      await call('GET', 'admin/v1/campaigns', undefined, reading),
      await call('POST', 'admin/v1/postbacks/replay', rehearsal, reading),
      await call('POST', 'admin/v1/reports/audit/counted', '{}', reading),
      await call('GET', 'status', undefined, reading),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect((await call('GET', 'session', undefined, reading)).json()).toMatchObject({
      protected: true,
      mayWrite: false,
    });
  });

  test.each(['{"dryRun":false}', '{"dryRun":"true"}', '{"dryRun":true,"dryRun":false}', '[{"dryRun":true}]', ''])(
    'is not replayed by the body %p',
    async (body) => {
      expect((await call('POST', 'admin/v1/postbacks/replay', body, reading)).status).toBe(403);
      expect(done).toEqual([]);
    },
  );

  test('is changed with --write, and a stage that is not protected is changed without', async () => {
    const statuses = [(await call('PUT', 'admin/v1/campaigns/a', '{}', writing)).status];
    isProtected = false;
    statuses.push((await call('PUT', 'admin/v1/campaigns/b', '{}', reading)).status);
    expect([statuses, done]).toEqual([
      [200, 200],
      ['PUT /campaigns/a {}', 'PUT /campaigns/b {}'],
    ]);
  });
});

describe('a test postback', () => {
  test('goes where senders send it, and the answer comes back whole', async () => {
    const got = await call(
      'POST',
      'test-postbacks',
      JSON.stringify({ url: `${publicUrl}/postback?clickid=a&token=b` }),
    );
    expect([got.status, got.json()]).toEqual([
      200,
      { status: 200, headers: expect.objectContaining({ 'x-request-id': 'r1' }), body: 'OK', requestId: 'r1' },
    ]);
    expect(done).toEqual([`postback ${publicUrl}/postback?clickid=a&token=b`]);
  });

  test('of a drop-in path says whose it is', async () => {
    await call('POST', 'test-postbacks', JSON.stringify({ url: `${publicUrl}/click`, integration: 'acme' }));
    expect(done).toEqual([`postback ${publicUrl}/click of acme`]);
  });

  test.each(['{"url":"https://evil.example/postback"}', '{"url":"x"}', '{"url":1}', '[]', 'no JSON', ''])(
    'goes nowhere else: %s',
    async (body) => {
      const got = await call('POST', 'test-postbacks', body);
      expect([got.status, got.json(), done]).toMatchObject([400, { error: 'URL_INVALID' }, []]);
    },
  );
});

describe('an explanation', () => {
  test('is of a request of the log or of a URL, by a dry run where nothing else is said', async () => {
    const got = await call('POST', 'explanations', '{"requestId":"r1"}');
    await call('POST', 'explanations', '{"url":"/postback?x","dryRun":false}');
    expect([got.status, got.json()]).toEqual([200, { fields: [] }]);
    expect(done).toEqual([
      'explain {"asked":{"requestId":"r1"},"dryRun":true}',
      'explain {"asked":{"url":"/postback?x"},"dryRun":false}',
    ]);
  });

  test('without a dry run is all that a protected stage gives', async () => {
    const rejected = await call('POST', 'explanations', '{"requestId":"r1"}', reading);
    const read = await call('POST', 'explanations', '{"requestId":"r1","dryRun":false}', reading);
    expect([rejected.status, read.status, done]).toEqual([
      403,
      200,
      ['explain {"asked":{"requestId":"r1"},"dryRun":false}'],
    ]);
  });

  test.each(['{}', '{"requestId":"r1","url":"x"}', '{"requestId":""}', '{"url":"x","dryRun":"no"}', 'no JSON'])(
    'is of nothing else: %s',
    async (body) => {
      const got = await call('POST', 'explanations', body);
      expect([got.status, got.json(), done]).toMatchObject([400, { error: 'BODY_INVALID' }, []]);
    },
  );

  test.each([
    ['a URL that is none', new Failure('usage', 'It is no URL.', { hint: 'Paste it whole.' }), 400, 'REQUEST_INVALID'],
    ['an unknown integration', new Failure('notFound', 'There is none.'), 404, 'NOT_FOUND'],
    ['a tracker that is away', new Failure('unreachable', 'Nothing answers.'), 502, 'TRACKER_UNREACHABLE'],
    [
      'an error of the API',
      new ApiFailure(503, { error: 'STORAGE_UNAVAILABLE' }, 'unreachable', 'Try again.'),
      503,
      'STORAGE_UNAVAILABLE',
    ],
    ['an API that does not let us in', new ApiFailure(401, {}, 'unreachable', 'No.'), 403, 'TRACKER_REFUSED'],
  ])('fails with words for %s', async (_what, failure, status, error) => {
    explanation = () => Promise.reject(failure);
    const got = await call('POST', 'explanations', '{"requestId":"r1"}');
    expect([got.status, got.json()]).toMatchObject([status, { error, message: failure.message }]);
  });
});
