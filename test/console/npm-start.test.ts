import { synthesized } from '../e2e/assembly';
import { clientOf, type Client } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { describeInBrowser } from './support/browser';
import { rawRequest, type RawAnswer } from './support/raw-request';

jest.setTimeout(180_000);

let stack: LocalStack;
let client: Client;
let secret: string;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
  secret = new URL(stack.consoleUrl).hash.replace('#session=', '');
});
afterAll(() => stack.remove());

const json = { 'content-type': 'application/json' };
const source = JSON.stringify({ name: 'Search' });

function ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<RawAnswer> {
  return rawRequest(stack.url, method, path, headers, body);
}

test('the page calls the admin API of this stack, and shows what the command line shows', async () => {
  const right = { 'x-tracker-session': secret, ...json };
  const put = await ask('PUT', '/console/api/admin/v1/sources/search', right, source);
  const [session, status] = [
    await ask('GET', '/console/api/session', right),
    await ask('GET', '/console/api/status', right),
  ];
  expect([put.status, put.headers['etag']]).toEqual([201, '"1"']);
  expect(session.json()).toMatchObject({
    stage: 'dev',
    publicUrl: stack.url,
    protected: false,
    mayWrite: true,
    local: true,
  });
  expect(status.json()).toMatchObject({ troubles: [], queues: { retry: 0, dead: 0 }, name: stack.url });
});

test('a test postback of the page is judged and logged like any other', async () => {
  const body = JSON.stringify({ url: `${stack.url}/postback?clickid=abc` });
  const sent = await ask('POST', '/console/api/test-postbacks', { 'x-tracker-session': secret, ...json }, body);
  const answer = sent.json() as { readonly status: number; readonly requestId: string };
  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('CLICK_ID_MALFORMED') });
  expect(await client.logRow(answer.requestId)).toMatchObject({ reason: 'CLICK_ID_MALFORMED' });
});

describe('with a sender that must be authenticated', () => {
  const call = (path: string, body: object): Promise<RawAnswer> =>
    ask('POST', `/console/api/${path}`, { ...json, 'x-tracker-session': secret }, JSON.stringify(body));
  let id: string;
  let clickId: string;

  beforeAll(async () => {
    id = await client.campaign({ integration: { auth: { token: 'required', hmac: 'required', ip: 'off' } } });
    clickId = await client.click(id);
  });

  test.each(['', '&token=***'])('a test postback with the token "%s" is authenticated by the server', async (token) => {
    const url = `${stack.url}/postback/${id}?clickid=${clickId}&amount=2.50&test=1${token}`;
    const sent = (await call('test-postbacks', { url })).json() as { readonly requestId: string };
    expect(sent).toMatchObject({ status: 200 });
    expect(await client.logRow(sent.requestId)).toMatchObject({
      result: expect.stringMatching(/^(test|duplicate)$/),
      integration: id,
    });
  });

  test('a wrong token is sent as it is, and its rejection explained without a word of a secret', async () => {
    const url = `${stack.url}/postback/${id}?clickid=${clickId}&amount=2,x&token=wrong`;
    const { requestId } = (await call('test-postbacks', { url })).json() as { readonly requestId: string };
    const [judged, read] = [
      await call('explanations', { requestId }),
      await call('explanations', { requestId, dryRun: false }),
    ];
    expect(judged.json()).toMatchObject({
      logged: { requestId, reason: 'AUTH_INVALID' },
      today: { reason: 'AMOUNT_INVALID' },
      integration: id,
    });
    expect(read.json()).toMatchObject({
      logged: { requestId },
      fields: expect.arrayContaining([expect.objectContaining({ field: 'amount', sent: '2,x' })]),
    });
    expect(read.json()).not.toHaveProperty('today');
    const { token, hmac } = (await client.admin('POST', `/integrations/${id}/credentials`, {})).body;
    const shown = judged.text + read.text;
    expect([shown.includes(String(token)), shown.includes((hmac as { secret: string }).secret)]).toEqual([
      false,
      false,
    ]);
  });
});

const strangers: [string, () => Record<string, string>, number, string][] = [
  ['another user of this machine, without the secret', () => json, 401, 'SESSION_INVALID'],
  ['a page of an earlier start', () => ({ ...json, 'x-tracker-session': '0'.repeat(32) }), 401, 'SESSION_INVALID'],
  [
    'a page that rebound its name',
    () => ({ ...json, 'x-tracker-session': secret, host: 'evil.example' }),
    403,
    'CALLER_FOREIGN',
  ],
  [
    'a page of another site',
    () => ({ ...json, 'x-tracker-session': secret, origin: 'https://evil.example' }),
    403,
    'CALLER_FOREIGN',
  ],
  [
    'a page of another port',
    () => ({ ...json, 'x-tracker-session': secret, origin: 'http://127.0.0.1:1' }),
    403,
    'CALLER_FOREIGN',
  ],
  [
    'a visitor through a tunnel',
    () => ({ ...json, 'x-tracker-session': secret, 'x-forwarded-for': '192.0.2.1' }),
    403,
    'CALLER_FOREIGN',
  ],
  ['a form', () => ({ 'content-type': 'text/plain', 'x-tracker-session': secret }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
];
test.each(strangers)('%s changes nothing', async (_who, headers, status, error) => {
  const { status: answered, json: body } = await ask(
    'PUT',
    '/console/api/admin/v1/sources/stranger',
    headers(),
    source,
  );
  expect([answered, body()]).toMatchObject([status, { error }]);
  expect((await client.admin('GET', '/sources/stranger')).status).toBe(404);
});

test.each([
  '/console/../admin/v1/sources/stranger',
  '/console/api/../../admin/v1/sources/stranger',
  '/console/api/admin/v1/..%2f..%2fadmin/v1/sources/stranger',
  '/console/x/../../_local/faults',
  '/console/api/admin/v1/../../../_local/faults',
])('the path trick %s leads nowhere', async (path) => {
  const { status } = await ask('PUT', path, { ...json, 'x-tracker-session': secret }, source);
  expect([400, 404, 405]).toContain(status);
  expect((await client.admin('GET', '/sources/stranger')).status).toBe(404);
});

test('a tunnel to the public port leads to no page of the console either', async () => {
  const { status } = await ask('GET', '/console/', { 'x-forwarded-for': '192.0.2.1' });
  expect(status).toBe(403);
});

test('an order ID leads to its sale days later, when the log of the last day no longer has it', async () => {
  const id = await client.campaign();
  const clickId = await client.click(id);
  await client.postback({ clickid: clickId, txid: 'ticket-4711', amount: '12.50' });
  const conversions = async () => (await client.admin('GET', '/conversions?transactionId=ticket-4711')).items;
  expect(await conversions()).toMatchObject([{ clickId, transactionId: 'ticket-4711', amount: '12.5' }]);
  await stack.moveClock(3 * 86_400);
  const found = await eventually('the sale is in the index', async () => {
    const items = await conversions();
    return items.length > 0 && items;
  });
  expect(found).toMatchObject([{ clickId, transactionId: 'ticket-4711', amount: '12.5' }]);
});

const rebound = 'rebound.example';

describeInBrowser(
  'in a browser',
  ({ browser }) => {
    test('its page opens under its own policy without an error, and no text can become markup', async () => {
      const context = await browser().newContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(stack.consoleUrl);
      await page.locator('#app > *').first().waitFor();
      expect(complaints).toEqual([]);
      const markup = page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<b>text</b>')`);
      await expect(markup).rejects.toThrow(/TrustedHTML/);
      await context.close();
    });

    test('a page that rebinds its own name to this machine gets neither the console nor its answers', async () => {
      const context = await browser().newContext();
      const page = await context.newPage();
      const { port } = new URL(stack.url);
      const opened = await page.goto(`http://${rebound}:${port}/console/`);
      expect([opened?.status(), await opened?.json()]).toMatchObject([403, { error: 'CALLER_FOREIGN' }]);
      const asked = await page.evaluate(
        `fetch('/console/api/admin/v1/campaigns', { headers: { 'x-tracker-session': '${secret}' } }).then(({ status }) => status)`,
      );
      expect(asked).toBe(403);
      await context.close();
    });
  },
  { args: [`--host-resolver-rules=MAP ${rebound} 127.0.0.1`] },
);
