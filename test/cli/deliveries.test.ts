import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { closedEnvironment } from '../../prove/closed-environment';
import { node, synthesized } from '../e2e/assembly';
import { clientOf, type Client, type Json } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { program, trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(120_000);

let sink: Server;
let answer = { status: 422, text: 'unknown click' };
let sinkUrl = '';
let stack: LocalStack;
let client: Client;
let tracker: Tracker;
const asked: string[] = [];

beforeAll(async () => {
  sink = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.address();
  sinkUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  stack = await startLocalStack({
    assembly: await synthesized('dev'),
    concurrency: 1,
    allowedDestinations: [sinkUrl],
  });
  client = clientOf(stack);
  tracker = trackerIn({ TRACKER_URL: stack.url });
});
afterAll(async () => {
  await stack.remove();
  await new Promise<void>((resolve) => sink.close(() => resolve()));
});

const found = (json: unknown): readonly Json[] => (Array.isArray(json) ? json : []);

test('a source is set up, tried, and its deliveries are found, shown and resent from the command line', async () => {
  const url = `${sinkUrl}/pb?id={external_id}&key={secret:KEY}`;
  const document = { name: 'News', postbacks: [{ id: 'main', when: 'first', url }] };
  expect((await client.admin('PUT', '/sources/news', document)).status).toBeLessThan(300);

  const given = spawnSync(node, [program, 'source', 'secret', 'news', 'KEY'], {
    env: closedEnvironment({ TRACKER_URL: stack.url }),
    input: 'open sesame\n',
    encoding: 'utf8',
  });
  expect(given).toMatchObject({ status: 0, stdout: 'The secret KEY of news is set.\n' });

  const tried = await tracker('source', 'test', 'news', '--external-id', 'their-1');
  expect(tried).toMatchObject({ code: 1 });
  expect(tried.stdout).toContain('key=***');
  expect(tried.stdout).toContain('unknown click');
  expect(tried.stdout).toMatch(/^next +\S/m);
  expect(asked).toEqual(['/pb?id=their-1&key=open%20sesame']);

  const clickId = await client.click(await client.campaign(), '?source=news&external_id=their-2');
  await client.postback({ clickid: clickId, amount: '1', txid: 'A' });
  const search = ['deliveries', 'search', '--source', 'news', '--json'];
  const [failed] = await eventually('the delivery is rejected', async () => {
    const items = found((await tracker(...search, '--state', 'failed')).json());
    return items.length > 0 && items;
  });
  const id = String(failed?.['id']);
  const shown = await tracker('deliveries', 'show', id);
  expect(shown.stdout).toContain('failed (REFUSED)');
  expect(shown.stdout).not.toContain('sesame');

  const rejecting = await tracker('source', 'health', 'news', '--json');
  expect(rejecting).toMatchObject({ code: 0, stderr: '' });
  expect(rejecting.json()).toMatchObject({ source: 'news', state: 'accepting', unaccepted: 1 });

  const days = await tracker('source', 'days', 'news');
  expect(days).toMatchObject({ code: 0, stderr: '' });
  expect(days.stdout).toMatch(/main +1 +1 +1 +0 +1 +0 +0 +0\n/);
  expect(days.stdout).toMatch(/main +1 +failed \(REFUSED\) +unknown click/);
  expect((await tracker('source', 'days', 'other')).stdout).toContain('no deliveries on these days');

  const tail = spawn(node, [program, 'deliveries', 'tail', '--every', '1', '--since', '1h', '--json'], {
    env: closedEnvironment({ TRACKER_URL: stack.url }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  tail.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text));
  const states = (): readonly unknown[] => seen.split('\n').flatMap((line) => (line ? [JSON.parse(line).state] : []));
  await eventually('the tail shows what was rejected', async () => states().length === 1);

  answer = { status: 200, text: 'OK' };
  expect((await tracker('deliveries', 'resend', id)).code).toBe(0);
  await eventually('the delivery is accepted', async () => {
    const items = found((await tracker(...search, '--state', 'delivered')).json());
    return items.length === 1;
  });
  await eventually('the tail shows what was accepted', async () => states().at(-1) === 'delivered');
  tail.kill('SIGINT');
  expect(await once(tail, 'close')).toEqual([0, null]);
  expect(states()[0]).toBe('failed');

  expect(await tracker('deliveries', 'search')).toMatchObject({ code: 2 });
  expect((await tracker('deliveries', 'show', 'nothing')).code).not.toBe(0);
});

test('a source that does not answer is shown by its name, with what to do and when it is tried next', async () => {
  answer = { status: 500, text: 'down' };
  const document = {
    name: 'Down',
    postbacks: [{ id: 'main', when: 'first', url: `${sinkUrl}/down?id={external_id}` }],
  };
  expect((await client.admin('PUT', '/sources/down', document)).status).toBeLessThan(300);
  const campaign = await client.campaign();
  for (let place = 0; place < 5; place += 1) {
    const clickId = await client.click(campaign, `?source=down&external_id=down-${place}`);
    await client.postback({ clickid: clickId, amount: '1', txid: `DOWN-${place}` });
  }
  const health = await eventually('five attempts fail', async () => {
    const shown = await tracker('source', 'health', 'down', '--json');
    return shown.code === 1 && shown.json();
  });
  expect(health).toMatchObject({ source: 'down', state: 'unreachable', nextAttemptAt: expect.any(String) });
  const shown = await tracker('source', 'health', 'down');
  expect(shown).toMatchObject({ code: 1, stderr: '' });
  expect(shown.stdout).toMatch(/^state +unreachable$/m);
  expect(shown.stdout).toMatch(/^next attempt +\S/m);
  expect(shown.stdout).toMatch(/^next +\S/m);

  expect(await tracker('source', 'health', 'nobody')).toMatchObject({ code: 3 });
});
