import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { bodySenders, querySenders, runSender, type Sender } from '../senders/support/programs';

jest.setTimeout(120_000);

/** Sent along with everything; none of it may be found in any file that the tracker leaves behind. */
const planted = {
  wrongToken: 'planted-wrong-token-31415926',
  wrongSignature: 'fa'.repeat(32),
  webhookSignature: 'cGxhbnRlZC13ZWJob29rLXNpZ25hdHVyZQ==',
  password: 'planted-password-hunter2',
  email: 'planted.person@mail.example',
  cookie: 'planted-cookie-1618033',
  claimedAddress: '198.51.100.23',
  claimedAddress6: '2001:db8:feed:1:2:3:4:77',
} as const;
const personal: Readonly<Record<string, string>> = {
  email: planted.email,
  password: planted.password,
  user_ip: planted.claimedAddress,
};
const headers = {
  'x-forwarded-for': `${planted.claimedAddress}, ${planted.claimedAddress6}`,
  'x-real-ip': planted.claimedAddress,
  cookie: `session=${planted.cookie}`,
  'user-agent': `sender/1.0 (${planted.email})`,
};
/** What is harmless, and must be found. */
const marks = ['mark-click', 'mark-recorded', 'mark-refused', 'mark-parked', 'mark-waited', 'mark-batch'];

let stack: LocalStack;
let client: Client;
let token: string;
let hmac: { readonly kid: string; readonly secret: string };

const send = (
  path: string,
  parameters: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) =>
  client.call(`${path}?${new URLSearchParams({ ...parameters, ...personal }).toString()}`, {
    headers: { ...headers, ...more },
  });
const settled = (): Promise<unknown> =>
  eventually('the queue is worked off', async () => (await stack.queued()).retry === 0);

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
  await runTheDay();
});
afterAll(() => stack.remove());

/** Everything that a tracker meets in a day: clicks, postbacks that are taken, rejected and queued, a batch. */
async function runTheDay(): Promise<void> {
  const campaign = await client.campaign({ integration: { auth: { token: 'required', hmac: 'off', ip: 'off' } } });
  const connection = (await client.admin('POST', `/integrations/${campaign}/credentials`)).body;
  token = String(connection['token']);
  hmac = connection['hmac'] as typeof hmac;
  const path = `/postback/${campaign}`;
  const bearer = { authorization: `Bearer ${token}` };

  const clicked = await client.call(`/c/${campaign}?sub1=mark-click`, {
    headers: { ...headers, 'user-agent': 'Mozilla/5.0' },
  });
  const clickid = new URL(clicked.headers.get('location') ?? '').searchParams.get('sub') ?? '';
  expect((await send(path, { clickid, amount: '5', txid: 'mark-recorded', token })).status).toBe(200);
  expect((await send(path, { clickid, amount: '6', txid: 'mark-bearer' }, bearer)).status).toBe(200);
  expect((await send(path, { clickid, amount: '5', txid: 'mark-refused', token: planted.wrongToken })).status).toBe(
    403,
  );
  expect(
    (await send(path, { clickid, txid: 'mark-signed', ts: '1', kid: 'k1', sig: planted.wrongSignature })).status,
  ).toBe(403);
  const webhook = {
    'webhook-id': 'm1',
    'webhook-timestamp': '1',
    'webhook-signature': `v1,${planted.webhookSignature}`,
  };
  const body = JSON.stringify({ clickid, txid: 'mark-body', ...personal });
  expect((await client.call(path, { method: 'POST', headers: { ...headers, ...webhook }, body })).status).toBe(403);

  // A click whose row nobody stored, a postback while nothing is stored, a log row that the table rejects.
  await stack.break({ kind: 'error500', service: 'dynamodb', table: 'TablesClicks', operation: 'PutItem' });
  const lateClick = await client.click(campaign, '?sub1=mark-late');
  await stack.heal();
  expect((await send(path, { clickid: lateClick, amount: '5', txid: 'mark-parked', token })).status).toBeLessThan(300);
  await stack.break({ kind: 'error500', service: 'dynamodb', table: 'TablesConversions' });
  expect((await send(path, { clickid, amount: '5', txid: 'mark-waited', token })).status).toBe(202);
  await stack.heal();
  await stack.break({ kind: 'error500', service: 'dynamodb', table: 'TablesPostbackLog' });
  expect((await send(path, { clickid, amount: '5', txid: 'mark-unlogged', token })).status).toBe(200);
  await stack.heal();
  const rows = [
    { clickid, amount: 1, txid: 'mark-batch', ...personal },
    { clickid: 'no-click-id', ...personal },
  ];
  const batch = { method: 'POST', headers: { ...headers, ...bearer, 'content-type': 'application/json' } };
  expect((await client.call(`/postbacks/${campaign}`, { ...batch, body: JSON.stringify(rows) })).status).toBe(202);
  await settled();
}

/** Every file of the data folder, the one with the secret apart: tables, queues, logs, metrics. */
function files(): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const name of readdirSync(stack.dataFolder, { recursive: true, encoding: 'utf8' })) {
    if (name === 'secrets.json') continue;
    const bytes = readIfThere(join(stack.dataFolder, name));
    if (bytes !== undefined) found.set(name, bytes);
  }
  return found;
}

/** The bytes of a file. Counting goes on meanwhile: an object that is being written may have its name by now. */
function readIfThere(file: string): Buffer | undefined {
  const entry = statSync(file, { throwIfNoEntry: false });
  if (entry?.isFile() !== true) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function filesWith(value: string): readonly string[] {
  const forms = [
    value,
    encodeURIComponent(value),
    Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1),
  ];
  return [...files()].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([name]) => name);
}

test.each(Object.entries(planted))(
  '%s is in no file that the tracker leaves behind, and not in what it prints',
  (_, value) => {
    expect(filesWith(value)).toEqual([]);
    expect(stack.output()).not.toContain(value);
  },
);

test('neither are the token and the signing key, which are stored nowhere at all', () => {
  for (const key of [token, hmac.secret, hmac.secret.replace('whsec_', '')]) expect(filesWith(key)).toEqual([]);
});

test('no table holds the address that the platform saw', () => {
  const tables = [...files()].filter(([name]) => name.startsWith('dynamodb.sqlite'));
  expect(tables.length).toBeGreaterThan(0);
  for (const [name, bytes] of tables) expect([name, bytes.includes('127.0.0.1')]).toEqual([name, false]);
  expect(tables.some(([, bytes]) => bytes.includes('127.0.0.0/24'))).toBe(true);
});

test('the search would find what is there: tables, queue, log and metrics', () => {
  for (const mark of marks) expect([mark, filesWith(mark)]).not.toEqual([mark, []]);
  const names = [...files().keys()];
  expect(filesWith('mark-waited').some((name) => name.startsWith('queues'))).toBe(true);
  expect(filesWith('PostbackReceived')).toContain('metrics.jsonl');
  expect(names.filter((name) => name.startsWith('logs'))).not.toEqual([]);
});

describe('the senders that we publish, against the running tracker', () => {
  const [, nodeQuery] = querySenders;
  const [nodeBody] = bodySenders;
  const verdict = async (sender: Sender | undefined, settings: Readonly<Record<string, string>>): Promise<Json> => {
    if (sender === undefined) throw new Error('no such sender');
    return JSON.parse((await runSender(sender, settings)).printed) as Json;
  };

  test('are believed where a signature is required, and others are not', async () => {
    const id = await client.campaign({ integration: { auth: { token: 'off', hmac: 'required', ip: 'off' } } });
    const { body } = await client.admin('POST', `/integrations/${id}/credentials`);
    const { kid, secret } = body['hmac'] as typeof hmac;
    const clickid = await client.click(id);
    const base = { TRACKER_KID: kid, TRACKER_SECRET: secret };
    const url = `${stack.url}/postback/${id}`;
    const query = `clickid=${clickid}&amount=12.50&txid=`;
    expect(await verdict(nodeQuery, { ...base, TRACKER_URL: `${url}?${query}T1` })).toMatchObject({
      result: 'recorded',
    });
    const content = JSON.stringify({ clickid, amount: '12.50', txid: 'T2' });
    expect(await verdict(nodeBody, { ...base, TRACKER_URL: url, TRACKER_BODY: content })).toMatchObject({
      result: 'recorded',
    });
    const late = {
      ...base,
      TRACKER_URL: `${url}?${query}T3`,
      TRACKER_TIME: String(Math.floor(Date.now() / 1000) - 3600),
    };
    expect(await verdict(nodeQuery, late)).toMatchObject({ result: 'rejected', reason: 'AUTH_STALE' });
    expect((await client.call(`/postback/${id}?${query}T4`)).body).toMatchObject({ reason: 'AUTH_MISSING' });
  });
});
