import { request } from 'node:http';
import { hostileBatches, hostilePostbacks } from '../../bench/hostile-requests';
import type { MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { countsIn } from '../lambdas/adapters/support/captured-lines';
import { synthesized } from './assembly';
import { clientOf, open, type Client } from './client';
import { eventually } from './eventually';
import { insiderOf, type Insider } from './insider';
import { startLocalStack, type LocalStack } from './local-stack';
import { newSender, recorded, signedGet, type Sender } from './signing-sender';

jest.setTimeout(120_000);

let stack: LocalStack;
let client: Client;
let insider: Insider;

beforeAll(async () => {
  const assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly });
  client = clientOf(stack);
  insider = await insiderOf(stack, assembly);
});
afterAll(() => stack.remove());

const day = 86_400_000;
const sender = (auth: object, settings: object = {}): Promise<Sender> => newSender(client, auth, settings);

/** Changes the document of a sender's integration; the functions hold the one before for a moment. */
async function change({ id }: Sender, auth: object, settings: object = {}): Promise<void> {
  const document = { name: id, preset: 'generic', currency: 'USD', auth: { ...open, ...auth }, ...settings };
  const { status, text } = await client.admin('PUT', `/integrations/${id}`, document);
  if (status !== 200) throw new Error(text);
}

test('bombs kill no function, whoever sends them and wherever to, and none is believed without its token', async () => {
  const { id, clickId, token } = await sender({ token: 'required' });
  const strangers = ['/postback', `/postback/${id}?token=wrong`, '/scripts/sale.php', `/postbacks/${id}`];
  const statuses = new Map<number, string>();
  for (const [at, [what, make]] of Object.entries(hostilePostbacks).entries()) {
    const body = Buffer.from(make(clickId));
    const path = strangers[at % strangers.length] ?? '/postback';
    const { status, body: answer } = await client.call(path, { method: 'POST', body });
    statuses.set(status, `${what} to ${path}`);
    expect(answer['result']).toBe('rejected');
    await client.call(`/postback/${id}?token=${token}&dry_run=1`, { method: 'POST', body });
  }
  for (const [what, make] of Object.entries(hostileBatches)) {
    const body = Buffer.from(make(clickId));
    const { status } = await client.call(`/postbacks/${id}?token=wrong`, { method: 'POST', body });
    statuses.set(status, `a batch of ${what}`);
  }
  expect([...statuses].filter(([status]) => ![400, 403, 413].includes(status))).toEqual([]);
  expect(await client.conversions(clickId)).toEqual([]);
  expect(stack.output()).not.toMatch(/Runtime\.ExitError|timed out/);
});

test('a genuine click ID whose click is long gone opens neither queue nor log, and is looked up once', async () => {
  const clickid = insider.mint(Date.now() - 200 * day);
  await stack.forgetOperations();
  const answers = [];
  for (let at = 0; at < 60; at++) answers.push(await client.postback({ clickid, amount: '1', txid: `T${at}` }));
  const operations = (await stack.operations()).filter(({ function: by }) => by === 'FunctionsPostback');
  const count = (operation: string): number =>
    operations.filter((one) => one.operation === operation).reduce((sum, one) => sum + one.count, 0);

  expect(new Set(answers.map(({ body }) => body['reason']))).toEqual(new Set(['CLICK_NOT_FOUND']));
  // Each environment of the function remembers for itself, and samples for itself; one after the other meet one of them.
  expect([count('GetItem'), count('Query'), count('SendMessage')]).toEqual([1, 1, 0]);
  expect(count('PutItem')).toBeLessThanOrEqual(30);
});

test('a dry run never hides a wrong token, by any path, and counts as a failed authentication', async () => {
  const { id, clickId } = await sender({ token: 'required' });
  const query = `clickid=${clickId}&amount=1&token=wrong&dry_run=1`;
  const body = JSON.stringify([{ clickid: clickId, dry_run: '1' }]);
  const before = await counted(metric.postbackAuthenticationFailed);
  const received = await counted(metric.postbackReceived);
  const answers = [
    await client.call(`/postback/${id}?${query}`),
    await client.call(`/postback?${query}`),
    await client.call(`/postback/${id}`, { method: 'POST', body: query }),
    await client.call(`/postbacks/${id}?token=wrong&dry_run=1`, { method: 'POST', body }),
  ];
  expect(answers.map(({ status, body: { reason } }) => [status, reason])).toEqual(
    answers.map(() => [403, 'AUTH_INVALID']),
  );
  expect((await counted(metric.postbackAuthenticationFailed)) - before).toBe(answers.length);
  expect((await counted(metric.postbackReceived)) - received).toBe(0);
});

async function counted(name: MetricName): Promise<number> {
  return countsIn((await stack.metrics()).map(({ record }) => record))[name] ?? 0;
}

test.each([
  ['required', 'AUTH_MISSING', []],
  // What the mended mapping alone would make of it.
  ['report', 'OK', ['conversion F approved 12.5']],
])('what was let pass is never replayed as proven: once the token is %s it is %s', async (tier, reason, money) => {
  const from = await sender({ token: 'report' });
  const forged = { clickid: from.clickId, amount: '12,50', txid: 'F', token: 'wrong' };
  expect((await client.postback(forged, `/postback/${from.id}`)).body['reason']).toBe('AMOUNT_INVALID');
  await change(from, { token: tier }, { amountFormat: '1.234,56' });
  await eventually('the document is in force', async () => {
    const dry = { filter: { clickId: from.clickId }, dryRun: true };
    const { body } = await client.admin('POST', '/postbacks/replay', dry);
    return JSON.stringify(body['outcomes']) === JSON.stringify({ [reason]: 1 });
  });
  await client.admin('POST', '/postbacks/replay', { filter: { clickId: from.clickId } });
  expect(await recorded(client, from)).toEqual(money);
});

test('what was queued as proven is recorded, though its key was rotated out and its tier raised while it waited', async () => {
  const [byToken, bySignature] = [await sender({ token: 'required' }), await sender({ hmac: 'required' })];
  const { path, raw, sig } = signedGet(bySignature, `clickid=${bySignature.clickId}&amount=5&txid=S`);
  await stack.break({ kind: 'throttle', table: 'TablesConversions' });
  const answers = [
    await client.postback(
      { clickid: byToken.clickId, amount: '5', txid: 'T', token: byToken.token },
      `/postback/${byToken.id}`,
    ),
    await client.call(`${path}?${raw}&sig=${sig}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  for (const { id } of [byToken, bySignature, byToken, bySignature]) {
    await client.admin('POST', `/integrations/${id}/keys`, {});
  }
  await change(byToken, { token: 'required', hmac: 'required' });
  await stack.heal();
  for (const { body } of answers) {
    const row = await eventually('it is judged again', async () => {
      const found = await client.logRow(body['requestId']);
      return found['result'] !== 'queued' && found;
    });
    expect(row).toMatchObject({ result: 'recorded', reason: 'OK' });
  }
  expect([...(await recorded(client, byToken)), ...(await recorded(client, bySignature))]).toEqual([
    'conversion T approved 5',
    'conversion S approved 5',
  ]);
});

test("a stranger's list of conversions is rejected as one postback", async () => {
  const { id, clickId } = await sender({ token: 'required' });
  const body = JSON.stringify({ clickid: clickId, sales: Array.from({ length: 50 }, () => ({ amount: '1' })) });
  const { body: answer } = await client.call(`/postback/${id}`, { method: 'POST', body });
  const rows = (await client.admin('GET', `/postbacks?integration=${id}`)).items;
  expect([answer['reason'], rows.length]).toEqual(['AUTH_MISSING', 1]);
});

test('a foreign host, a foreign page and a plain text body get nothing from administration', async () => {
  const { id } = await sender({});
  const ask = (method: string, path: string, headers: Readonly<Record<string, string>>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(stack.url + path, { method, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      });
      sent.on('error', reject).end(method === 'GET' ? undefined : '{}');
    });
  const json = { 'content-type': 'application/json' };
  const keys = `/admin/v1/integrations/${id}/keys`;
  const calls = [
    ask('GET', `/admin/v1/integrations/${id}`, { host: 'evil.example' }),
    ask('GET', `/%61dmin/v1/integrations/${id}`, { host: 'evil.example' }),
    ask('GET', '/_local/health', { host: 'evil.example' }),
    ask('POST', keys, { ...json, origin: 'https://evil.example' }),
    ask('POST', keys, { ...json, origin: 'null' }),
    ask('POST', keys, { ...json, 'sec-fetch-site': 'cross-site' }),
    ask('POST', keys, { 'content-type': 'text/plain' }),
    ask('POST', keys, { 'content-type': 'text/plain; application/json' }),
    ask('POST', keys, { 'content-type': 'text/plain', 'x-http-method-override': 'GET' }),
    ask('GET', keys, { 'x-forwarded-host': 'tunnel.example' }),
  ];
  for (const status of await Promise.all(calls)) expect(status).toBeGreaterThanOrEqual(400);
  expect((await client.admin('GET', `/integrations/${id}/keys`)).items).toMatchObject([{ kid: 'k1', current: true }]);
});

test('a token is shown by no reading, only by the act that the log names its caller of', async () => {
  const { id, token } = await sender({ token: 'required' });
  for (const path of [`/integrations/${id}`, `/integrations/${id}/postback-url`, `/integrations/${id}/keys`]) {
    expect((await client.admin('GET', path)).text).not.toContain(token);
  }
  expect((await client.admin('GET', `/integrations/${id}/credentials`)).status).toBeGreaterThanOrEqual(400);
  expect((await client.admin('POST', `/integrations/${id}/credentials`, {})).text).toContain(token);
});
