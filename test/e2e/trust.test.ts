import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { eventually } from './eventually';
import { startLocalStack, type LocalStack } from './local-stack';
import { newSender, recorded, signedGet, signedPost } from './signing-sender';

jest.setTimeout(120_000);

let stack: LocalStack;
let client: Client;

beforeAll(async () => {
  stack = await startLocalStack({ assembly: await synthesized('dev') });
  client = clientOf(stack);
});
afterAll(() => stack.remove());

/** Waits until the queue has nothing left to judge. */
const drained = () => eventually('the queue is empty', async () => (await stack.queued()).retry === 0);

const besideBody = [
  '?event=e1',
  '??event=e1',
  '?%26event%3De1',
  '?token=x?event=e1',
  '?token=x&amp;event=e1',
  '?token=x;event=e1',
  '?token=x%26event=e1',
  '?token=x%3Fevent=e1',
  '?token%3Dx%26event%3De1',
  '?tok%65n=x?event=e1',
  '?TOKEN=x?txid=N',
  '?token=x?status=reversed',
  '?token=x?amount=999',
  '?token=x&token=y?amount=9',
  '?token=x&%2338;event=e1',
  '?=',
  '&event=e1',
  '&amp;event=e1',
  '?token=x?dry_run=1',
  '?test=1',
  '?token=x?currency=JPY',
  '?token',
  '?%E2%80%8B',
];
const besideHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': 'text/csv' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/json; batch-row=1' },
  { 'content-encoding': 'gzip' },
  { 'x-http-method-override': 'DELETE' },
  { 'idempotency-key': 'another' },
  { 'x-original-url': '/postback?event=e1' },
  { 'webhook-id': 'm2' },
];

test('nothing beside a signed body changes what it says, and each sending of it is the same statement', async () => {
  const from = await newSender(client, { hmac: 'required' });
  const sent = signedPost(from, JSON.stringify({ clickid: from.clickId, amount: '12.50', txid: 'T1' }));
  const paths = ['/postback', `//postback/${from.id}`, `/Postback/${from.id}/`, `/%70ostback/${from.id}`, '/'];
  expect((await client.call(`/postback/${from.id}`, sent)).body['reason']).toBe('OK');
  for (const query of besideBody) await client.call(`/postback/${from.id}${query}`, sent);
  for (const path of paths) await client.call(path, sent);
  for (const headers of besideHeaders) {
    await client.call(`/postback/${from.id}`, { ...sent, headers: { ...sent.headers, ...headers } });
  }
  for (const query of ['', '?token=x', '?dry_run=1', '?event=e1'])
    await client.call(`/postbacks/${from.id}${query}`, sent);
  await drained();
  expect(await recorded(client, from)).toEqual(['conversion T1 approved 12.5']);
});

test('a token that is a click ID takes no signed sale to that click', async () => {
  const from = await newSender(client, { hmac: 'required' });
  const other = await client.click(from.id);
  const sent = signedPost(from, JSON.stringify({ clickid: from.clickId, amount: '5', txid: 'T1' }));
  for (const query of [`token=${other}`, `token=x?clickid=${other}`, `clickid=${other}`]) {
    await client.call(`/postback/${from.id}?${query}`, sent);
    await client.call(`/postback?${query}`, sent);
  }
  expect(await client.conversions(other)).toEqual([]);
});

test('nothing beside a signed query changes what it says, however the signature and the path are written', async () => {
  const from = await newSender(client, { hmac: 'required' });
  const { path, raw, sig } = signedGet(from, `clickid=${from.clickId}&amount=12.50&txid=T1`);
  expect((await client.call(`${path}?${raw}&sig=${sig}`)).body['reason']).toBe('OK');
  const targets = [
    `${path}?${raw}&sig=${sig}&event=e1`,
    `${path}?event=e1&${raw}&sig=${sig}`,
    `${path}?${raw}&event=e1&sig=${sig}`,
    `${path}&event=e1?${raw}&sig=${sig}`,
    `${path}&${raw}&sig=${sig}`,
    `${path}?${raw}&sig=${sig}?event=e1`,
    `${path}?${raw}&sig=${sig.toUpperCase()}`,
    `${path}??${raw}&sig=${sig}`,
    `${path}?${raw}&token=x&sig=${sig}`,
    `/postback?${raw}&sig=${sig}`,
    `/${path}?${raw}&sig=${sig}`,
    `${path}/?${raw}&sig=${sig}`,
    `${path}?${raw.replace('txid=T1', 'txid=T%31')}&sig=${sig}`,
    `${path}?${raw.replace('ts=', 'ts=0')}&sig=${sig}`,
  ];
  for (const target of targets) await client.call(target);
  const form = { method: 'POST', body: 'event=e1' };
  for (const init of [{ method: 'POST' }, form, { headers: { 'x-http-method-override': 'POST' } }]) {
    await client.call(`${path}?${raw}&sig=${sig}`, init);
  }
  expect(await recorded(client, from)).toEqual(['conversion T1 approved 12.5']);
});

const list = [
  { amount: '1', txid: 'A' },
  { amount: '2', txid: 'B' },
];
const twoReadings: readonly (readonly [string, (clickid: string) => string])[] = [
  ['a list of conversions', (clickid) => JSON.stringify({ clickid, sales: list })],
  ['a list as a text', (clickid) => JSON.stringify({ clickid, sales: JSON.stringify(list) })],
  ['two lists', (clickid) => JSON.stringify({ clickid, sales: list.slice(0, 1), conversions: list.slice(1) })],
  ['a list with gaps', (clickid) => JSON.stringify({ clickid, sales: { 0: list[0], 2: list[1] } })],
  ['a list of all sorts', (clickid) => JSON.stringify({ clickid, sales: [3, list[0], 'x'] })],
  [
    'an object over lines',
    (clickid) => `{"clickid":"${clickid}","amount":"5",\n"url":"a=1&clickid=${clickid}&txid=Q"}`,
  ],
  ['an ordinary object', (clickid) => JSON.stringify({ clickid, amount: '5', txid: 'P' })],
];

test.each(twoReadings)('%s counts once where its signed body comes as a postback and as a batch', async (_, write) => {
  const from = await newSender(client, { hmac: 'required' });
  const sent = signedPost(from, write(from.clickId));
  await client.call(`/postback/${from.id}`, sent);
  const first = await recorded(client, from);
  await client.call(`/postbacks/${from.id}`, sent);
  await client.call(`/postbacks/${from.id}`, { ...sent, headers: { ...sent.headers, 'idempotency-key': 'another' } });
  await drained();
  expect(await recorded(client, from)).toEqual(first);
});

test('a signed form with a line break is rows of a batch, and no postback', async () => {
  const from = await newSender(client, { hmac: 'required' });
  const body = `clickid=${from.clickId}&amount=5&note=a\nb`;
  const { status, body: answer } = await client.call(`/postback/${from.id}`, signedPost(from, body, 'text/plain'));
  expect([status, answer['reason']]).toEqual([403, 'AUTH_INVALID']);
  expect(await recorded(client, from)).toEqual([]);
});

test('a line of a batch that is no object is rejected, and never read as a form', async () => {
  const from = await newSender(client, { token: 'required' });
  const lines = `{"clickid":"${from.clickId}","amount":"5","txid":"A"}\nclickid=${from.clickId}&amount=6&txid=B`;
  const { body } = await client.call(`/postbacks/${from.id}?token=${from.token}`, { method: 'POST', body: lines });
  expect(body['rows']).toMatchObject([{ reason: 'PENDING_BATCH' }, { reason: 'BODY_INVALID' }]);
  await drained();
  expect(await recorded(client, from)).toEqual(['conversion A approved 5']);
});

test('a first statement that comes again after a reversal does not undo it', async () => {
  const from = await newSender(client, { hmac: 'required' });
  const sale = signedGet(from, `clickid=${from.clickId}&amount=5&txid=T`);
  const reversal = signedGet(from, `clickid=${from.clickId}&txid=T&status=reversed`);
  for (const { path, raw, sig } of [sale, reversal, sale]) await client.call(`${path}?${raw}&sig=${sig}`);
  expect(await recorded(client, from)).toEqual(['conversion T reversed 5']);
});
