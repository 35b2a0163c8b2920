import { createServer, type Server } from 'node:http';
import { synthesized } from './assembly';
import { clientOf, type Client, type Json } from './client';
import { eventually } from './eventually';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(180_000);

/** A traffic source on this machine: it answers what it is told to, by the first segment of the path. */
const asked: string[] = [];
const answers = new Map<string, { readonly status: number; readonly text: string }>();
let sink: Server;
let sinkUrl = '';
let stack: LocalStack;
let client: Client;

beforeAll(async () => {
  sink = createServer((request, response) => {
    const { url = '' } = request;
    asked.push(url);
    const { status, text } = answers.get(url.split(/[/?]/)[1] ?? '') ?? { status: 200, text: 'OK' };
    request.resume().on('end', () => response.writeHead(status).end(text));
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.address();
  sinkUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  stack = await startLocalStack({ assembly: await synthesized('dev'), allowedDestinations: [sinkUrl] });
  client = clientOf(stack);
});
afterAll(async () => {
  await stack.remove();
  await new Promise<void>((resolve) => sink.close(() => resolve()));
});

const callsOf = (name: string): readonly string[] => asked.filter((url) => url.startsWith(`/${name}?`));

async function source(id: string, postback: Json = {}): Promise<void> {
  const url = `${sinkUrl}/${id}?id={external_id}&sum={payout}`;
  const document = {
    name: id,
    parameters: { externalId: 'tsid' },
    postbacks: [{ id: 'main', when: 'first', url, ...postback }],
  };
  const { status, text } = await client.admin('PUT', `/sources/${id}`, document);
  if (status >= 300) throw new Error(text);
}

async function convert(id: string, campaign: string, transaction = 'A', times = 1): Promise<string> {
  const clickId = await client.click(campaign, `?source=${id}&external_id=their-${transaction}`);
  for (let at = 0; at < times; at += 1) {
    const { status } = await client.postback({ clickid: clickId, amount: '12.50', txid: transaction });
    if (status >= 300) throw new Error(`a postback was answered ${status}`);
  }
  return clickId;
}

async function deliveries(query: string): Promise<readonly Json[]> {
  const { status, text, items } = await client.admin('GET', `/deliveries?${query}`);
  if (status !== 200) throw new Error(text);
  return items;
}

async function stateOf(clickId: string): Promise<Json> {
  const [delivery = {}] = await deliveries(`clickId=${clickId}`);
  return delivery;
}

async function until(clickId: string, state: string): Promise<Json> {
  return eventually(`a delivery is ${state}`, async () => {
    const delivery = await stateOf(clickId);
    return delivery['state'] === state && delivery;
  });
}

test('a conversion that a sender reports a hundred times arrives once, with the click ID of the source', async () => {
  await source('once');
  const clickId = await convert('once', await client.campaign(), 'A', 100);
  const delivery = await until(clickId, 'delivered');
  expect(callsOf('once')).toEqual(['/once?id=their-A&sum=12.5']);
  expect(delivery).toMatchObject({ source: 'once', reason: 'ACCEPTED', attempts: 1, answer: { httpStatus: 200 } });
  expect(await deliveries('source=once')).toEqual([delivery]);
  expect((await client.admin('GET', `/deliveries/${String(delivery['id'])}`)).body).toEqual(delivery);
});

test('a sale of a click that a script recorded on the landing page arrives with the ID of the ad click', async () => {
  const shop = 'https://shop.example';
  await source('ads', { url: `${sinkUrl}/ads?gclid={param:gclid}&sum={payout}` });
  const campaign = await client.campaign({ campaign: { browser: { origins: [shop] } } });
  const { body } = await client.call(`/t/${campaign}`, {
    method: 'POST',
    headers: { origin: shop, 'content-type': 'text/plain' },
    body: JSON.stringify({ page: `${shop}/landing`, query: 'source=ads&gclid=Cj0KCQ' }),
  });
  const clickid = String(body['clickId']);
  await client.postback({ clickid, amount: '12.50', txid: 'A' });
  await until(clickid, 'delivered');
  expect(callsOf('ads')).toEqual(['/ads?gclid=Cj0KCQ&sum=12.5']);
});

test('a source that fails is tried again when its time has come, and gets the conversion once it answers', async () => {
  await source('down');
  answers.set('down', { status: 500, text: 'oops' });
  const clickId = await convert('down', await client.campaign());
  await eventually('the first attempt is made', async () => (await stateOf(clickId))['attempts'] === 1);
  expect(await stateOf(clickId)).toMatchObject({ state: 'due', reason: 'SERVER_ERROR', answer: { text: 'oops' } });
  for (const attempts of [2, 3]) {
    await stack.moveClock(400);
    await stack.runSchedule('DispatchingSchedule');
    await eventually(`attempt ${attempts} is made`, async () => (await stateOf(clickId))['attempts'] === attempts);
  }
  answers.delete('down');
  await stack.moveClock(3600);
  await stack.runSchedule('DispatchingSchedule');
  await until(clickId, 'delivered');
  expect(callsOf('down')).toHaveLength(4);
});

test('a source that rejects for good is not asked again, until a person resends', async () => {
  await source('picky');
  answers.set('picky', { status: 422, text: 'unknown click' });
  const clickId = await convert('picky', await client.campaign());
  const failed = await until(clickId, 'failed');
  expect(failed).toMatchObject({ reason: 'REFUSED', detail: 'unknown click', attempts: 1 });
  answers.delete('picky');
  const resent = await client.admin('POST', `/deliveries/${String(failed['id'])}/resend`, {});
  expect(resent.status).toBe(202);
  await until(clickId, 'delivered');
  expect(callsOf('picky')).toHaveLength(2);
});

test('a secret reaches the source, and nobody else', async () => {
  await source('keyed', { url: `${sinkUrl}/keyed?key={secret:KEY}`, when: 'first' });
  const clickId = await convert('keyed', await client.campaign());
  expect(await until(clickId, 'held')).toMatchObject({ reason: 'SECRET_MISSING', attempts: 0 });
  const put = await client.admin('PUT', '/sources/keyed/secrets/KEY', { value: 'open sesame' });
  expect(put.status).toBe(204);
  const tried = await client.admin('POST', '/sources/keyed/test', {});
  expect(tried.body).toMatchObject({ outcome: 'delivered', request: { url: `${sinkUrl}/keyed?key=***` } });
  await stack.moveClock(1000);
  await stack.runSchedule('DispatchingSchedule');
  const delivered = await until(clickId, 'delivered');
  expect(callsOf('keyed')).toEqual(['/keyed?key=open%20sesame', '/keyed?key=open%20sesame']);
  expect(JSON.stringify([delivered, tried.text, stack.output()])).not.toContain('sesame');
});

test('a test conversion gets no request', async () => {
  await source('quiet');
  const clickId = await client.click(await client.campaign(), '?source=quiet&test=1');
  await client.postback({ clickid: clickId, amount: '1', txid: 'T' });
  expect(await until(clickId, 'skipped')).toMatchObject({ reason: 'TEST_CONVERSION' });
  expect(callsOf('quiet')).toEqual([]);
});

test('a dry run, a duplicate and its replay report nothing, and the next conversion still arrives', async () => {
  await source('rehearsed', { when: 'every-change' });
  const campaign = await client.campaign();
  const clickId = await convert('rehearsed', campaign);
  await until(clickId, 'delivered');

  const dry = await client.postback({ clickid: clickId, amount: '99', txid: 'A', status: 'rejected', dry_run: '1' });
  expect(dry.body).toMatchObject({ result: 'dry_run' });
  const dryFirst = await client.click(campaign, '?source=rehearsed&external_id=their-dry');
  await client.postback({ clickid: dryFirst, amount: '1', txid: 'D', dry_run: '1' });
  const again = await client.postback({ clickid: clickId, amount: '12.50', txid: 'A' });
  expect(again.body).toMatchObject({ result: 'duplicate' });
  const replayed = await client.admin('POST', '/postbacks/replay', { filter: { clickId } });
  expect(replayed.status).toBe(200);

  const last = await convert('rehearsed', campaign, 'B');
  await until(last, 'delivered');
  expect(callsOf('rehearsed')).toEqual(['/rehearsed?id=their-A&sum=12.5', '/rehearsed?id=their-B&sum=12.5']);
  expect(await deliveries(`clickId=${clickId}`)).toHaveLength(1);
  expect(await deliveries(`clickId=${dryFirst}`)).toEqual([]);
});

test('another server of this machine is no destination, not even the tracker itself', async () => {
  const document = {
    name: 'Inside',
    postbacks: [{ id: 'main', when: 'first', url: `${stack.url}/?id={external_id}` }],
  };
  const { status, text } = await client.admin('PUT', '/sources/inside', document);
  expect(status).toBe(400);
  expect(text).toContain('postbacks.0.url');
});
