import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

let stack: LocalStack;
let client: Client;
let campaign: string;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev'), concurrency: 1 });
  client = clientOf(stack);
  campaign = await client.campaign();
});
afterAll(() => stack.remove());

describe('a postback is recorded through the routes of the template', () => {
  test.each([
    ['with a slash at the end', '/postback/?'],
    ['with a doubled slash', '//postback?'],
    ['in capitals', '/PostBack?'],
    ["at Keitaro's path with its key", '/0a52ed5/postback?'],
    ['at a goal of TUNE', '/aff_goal?a=lsr&goal_id=2&'],
    ["at CAKE's page", '/p.ashx?'],
    ["at Post Affiliate Pro's tracking script", '/scripts/track.php?'],
    ['with an "&" for the "?"', '/postback&'],
  ])('%s', async (_what, path) => {
    const clickid = await client.click(campaign);
    const { status, body } = await client.call(`${path}clickid=${clickid}&amount=5`);

    expect({ status, body }).toMatchObject({ status: 200, body: { reason: 'OK', conversion: { amount: '5' } } });
  });

  test('of the integration that a path with a slash at the end names', async () => {
    const clickid = await client.click(campaign);
    const { body } = await client.postback({ clickid, amount: '5' }, `/postback/${campaign}/`);

    expect(body).toMatchObject({ reason: 'OK' });
    expect(await client.logRow(body['requestId'])).toMatchObject({
      integration: campaign,
      path: `/postback/${campaign}/`,
    });
  });
});

describe('a click is recorded, and its postback finds it', () => {
  test.each([
    ['with a slash at the end', (id: string) => `/c/${id}/?sub1=a`, 'GET'],
    ['in capitals', (id: string) => `/C/${id}?sub1=a`, 'GET'],
    ['with an "&" for the "?"', (id: string) => `/c/${id}&fbclid=1`, 'GET'],
    ['percent-encoded', (id: string) => `/%63/${id}`, 'GET'],
    ['by POST', (id: string) => `/c/${id}?sub1=a`, 'POST'],
  ])('%s', async (_what, path, method) => {
    const { status, headers } = await client.call(path(campaign), { method });
    const clickid = new URL(headers.get('location') ?? '').searchParams.get('sub') ?? '';

    expect(status).toBe(302);
    expect((await client.postback({ clickid, amount: '1' })).body).toMatchObject({ reason: 'OK' });
  });

  test('with two slashes, by one redirect more', async () => {
    const first = await client.call(`//c/${campaign}?sub1=a`);
    expect([first.status, first.headers.get('location')]).toEqual([307, `/c/${campaign}?sub1=a`]);
    expect((await client.call(first.headers.get('location') ?? '')).status).toBe(302);
  });
});

test.each([
  ['a form', new URLSearchParams({ source: 'news', sub1: 'a b' })],
  ['a text', 'source=news&sub1=a%20b'],
])('a beacon is recorded with the parameters in its body: %s', async (_what, body) => {
  const { headers } = await client.call(`/c/${campaign}`, { method: 'POST', body });
  const clickid = new URL(headers.get('location') ?? '').searchParams.get('sub') ?? '';
  const click = await client.admin('GET', `/clicks/${clickid}`);
  expect(click.body).toMatchObject({ source: 'news', subs: { sub1: 'a b' } });
});

test('a macro that was not replaced is explained by the tracker whose path it came on', async () => {
  const { status, body } = await client.call('/p.ashx?r={reqid}&ap=5');
  expect([status, body['reason']]).toEqual([400, 'MACRO_UNREPLACED']);
  expect(body['message']).toBe(
    '"r" came as the literal {reqid}: the macro was not replaced. In CAKE the token is #s2#.',
  );
});

test.each([
  ['HEAD', '/postback', 200],
  ['OPTIONS', '/postback', 204],
  ['OPTIONS', '/postback/acme', 204],
  ['HEAD', '/aff_lsr', 200],
])('%s %s is answered with what the path takes', async (method, path, expected) => {
  const { status, headers } = await client.call(path, { method });
  expect([status, headers.get('allow')]).toEqual([expected, 'GET, POST, HEAD, OPTIONS']);
});

test('HEAD of a click redirects, and OPTIONS of it is answered', async () => {
  expect((await client.call(`/c/${campaign}`, { method: 'HEAD' })).status).toBe(302);
  expect((await client.call(`/c/${campaign}`, { method: 'OPTIONS' })).status).toBe(204);
});

test('a browser that fetches ahead is to ask again', async () => {
  const { status, headers } = await client.call(`/c/${campaign}`, { headers: { 'sec-purpose': 'prefetch' } });
  expect([status, headers.get('cache-control')]).toEqual([503, 'no-store']);
});

test('a path that no rule knows is 404 with what to do, and has its row in the log', async () => {
  const { status, body } = await client.call('/postbak/acme?clickid=x&amount=1');

  expect(status).toBe(404);
  expect(body['message']).toContain('/postback/{integration}');
  expect(await client.logRow(body['requestId'])).toMatchObject({ path: '/postbak/acme', httpStatus: 404 });
});

test('the admin API is not reached by another spelling of its path', async () => {
  for (const path of ['//admin/v1/campaigns', '/Admin/v1/campaigns', '/admin//v1/campaigns']) {
    expect((await client.call(path)).status).toBe(404);
  }
});
