import type { Outgoing } from '../../../operator/api/connection';
import { serveTestPage } from '../../../cli/operations/test-page/serve';
import type { SessionServer } from '../../../console/server/session-server';
import { startAwsDouble, type AwsDouble } from '../support/aws-double';

/** The public front: what is sent there is not signed. */
let front: AwsDouble;
let server: SessionServer;
/** What was sent with the rights of whoever runs the command. */
const signed: string[] = [];

beforeAll(async () => {
  front = await startAwsDouble();
  front.answers = [{ status: 200, body: '{"result":"test"}', headers: { 'x-request-id': 'r1' } }];
  const send = ({ method, url, body }: Outgoing): Promise<Response> => {
    signed.push(`${method} ${url.pathname}${url.search}${body === undefined ? '' : ` ${body}`}`);
    const headers = { 'content-type': 'text/html', 'content-security-policy': "connect-src 'self'" };
    return Promise.resolve(new Response('<main>', { headers }));
  };
  const connection = { publicUrl: front.url, adminUrl: 'https://api.example/admin/v1', send };
  server = await serveTestPage(connection, { integration: 'acme', campaign: undefined }, 0);
});
afterAll(async () => {
  await server.close();
  await front.close();
});
beforeEach(() => {
  signed.length = 0;
  front.requests.length = 0;
});

async function ask(method: string, path: string, body?: string): Promise<number> {
  const { origin, hash } = new URL(server.url);
  const response = await fetch(origin + path, {
    method,
    headers: { 'x-tracker-session': hash.replace('#s=', ''), 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  });
  await response.arrayBuffer();
  return response.status;
}

test("serves the tracker's own page with its policy", async () => {
  const response = await fetch(server.url);
  expect([response.status, await response.text(), response.headers.get('content-security-policy')]).toEqual([
    200,
    '<main>',
    "connect-src 'self'",
  ]);
});

test.each([
  ['GET', '/admin/v1/campaigns?limit=200&cursor=abc', undefined],
  ['GET', '/admin/v1/integrations?limit=200', undefined],
  ['POST', '/admin/v1/test-clicks', '{"campaign":"spring"}'],
  ['POST', '/admin/v1/integrations/acme-2.b_c/credentials', '{}'],
  ['GET', '/admin/v1/postbacks/06h0mgzbe5e2k390zqq4j647', undefined],
])('signs what the page needs: %s %s', async (method, path, body) => {
  expect(await ask(method, path, body)).toBe(200);
  expect(signed).toEqual([`${method} ${path}${body === undefined ? '' : ` ${body}`}`]);
});

test.each([
  ['POST', '/admin/v1/integrations/acme/keys'],
  ['GET', '/admin/v1/conversions?campaign=spring'],
  ['GET', '/admin/v1/postbacks'],
  ['DELETE', '/admin/v1/campaigns/spring'],
  ['PUT', '/admin/v1/campaigns/spring'],
  ['DELETE', '/admin/v1/clicks/0'],
  ['POST', '/admin/v1/postbacks/replay'],
  // What a front makes another call of when it decodes the path.
  ['POST', '/admin/v1/integrations/acme%2Fkeys%3F/credentials'],
  ['POST', '/admin/v1/integrations/acme/keys%2F..%2Fcredentials'],
  ['GET', '/admin/v1/campaigns%2Fspring'],
  ['GET', '/%61dmin/v1/campaigns'],
  ['GET', '//admin/v1/campaigns'],
  ['GET', '/Admin/v1/campaigns'],
  ['GET', '/admin'],
  ['GET', '/_local/faults'],
  ['GET', '/%5flocal/faults'],
  ['POST', '/postback/acme'],
])('neither signs nor sends anything else: %s %s', async (method, path) => {
  expect(await ask(method, path)).toBe(403);
  expect([signed, front.requests]).toEqual([[], []]);
});

test('sends a postback unsigned, to the tracker of the command and nowhere else', async () => {
  expect(await ask('GET', '/postback/acme?clickid=a%27b&sig=00')).toBe(200);
  expect(await ask('GET', '//evil.example/postback')).toBe(200);
  expect(signed).toEqual([]);
  expect(front.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
    'GET /postback/acme?clickid=a%27b&sig=00',
    'GET //evil.example/postback',
  ]);
  expect(front.requests.every(({ headers }) => headers['x-tracker-session'] === undefined)).toBe(true);
});
