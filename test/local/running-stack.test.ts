import { readFileSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import * as v from 'valibot';
import { eventually, type RunningStack, startStack } from './fixture/running-stack';
import { temporaryFolder, writeFixtureAssembly } from './fixture/write-assembly';

jest.setTimeout(60_000);

const data = temporaryFolder();
let stack: RunningStack;

beforeAll(async () => {
  stack = await startStack('--assembly', writeFixtureAssembly(), '--data', data);
});
afterAll(() => stack.end('SIGTERM'));

async function fetchJson(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(stack.url + path, init);
  return { status: response.status, body: JSON.parse(await response.text()) };
}
const put = (id: string) => fetchJson(`/rows/${id}`, { method: 'POST' });
const send = (body: string) => fetchJson('/messages', { method: 'POST', body });
const setFault = (rule: object) => fetchJson('/_local/faults', { method: 'POST', body: JSON.stringify(rule) });
const clearFaults = () => fetchJson('/_local/faults', { method: 'DELETE' });

describe('requests', () => {
  test('reach the function, which writes a row', async () => {
    expect(await put('first')).toEqual({ status: 201, body: { id: 'first' } });
    expect(await put('first')).toEqual({ status: 409, body: { id: 'first' } });
    expect((await fetchJson('/rows/first')).status).toBe(200);
  });

  test('get cookies, and the request ID of the API', async () => {
    const response = await fetch(`${stack.url}/echo/a%20b?x=%2B`);

    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('apigw-requestid')).toMatch(/^.{15}=$/);
    expect(await response.json()).toMatchObject({ rawPath: '/echo/a b', rawQueryString: 'x=%2B' });
  });

  test('get 404 without a route', async () => {
    expect(await fetchJson('/nowhere')).toEqual({ status: 404, body: { message: 'Not Found' } });
  });

  test('get no body on HEAD', async () => {
    const response = await fetch(`${stack.url}/echo/x`, { method: 'HEAD' });

    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test.each([
    ['above 10,240 bytes of headers', 'x'.repeat(11_000), 431],
    ['above any header that Node reads', 'x'.repeat(100_000), 431],
  ])('get 431 %s', async (_what, value, status) => {
    expect(await rawStatus(`GET /echo/x HTTP/1.1\r\nhost: localhost\r\nx-long: ${value}\r\n\r\n`)).toBe(status);
  });

  test('get 413 above 10 MB, and above what Lambda takes', async () => {
    const post = (size: number) => fetchJson('/messages', { method: 'POST', body: 'x'.repeat(size) });

    expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
    expect((await post(30 * 1024 * 1024)).status).toBe(413);
    expect((await post(7 * 1024 * 1024)).status).toBe(413);
  });

  test('that make no sense get 400 and leave the server up', async () => {
    expect(await rawStatus('NONSENSE\r\n\r\n')).toBe(400);
    expect(await rawStatus('GET /echo/%ff%zz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')).toBe(200);
  });
});

describe('a function', () => {
  test('has only its own environment, and the context of Lambda', async () => {
    const { body } = await fetchJson('/environment');

    expect(body).toMatchObject({
      environment: { TABLE: 'Fixture-Rows', AWS_LAMBDA_FUNCTION_NAME: 'Fixture-Web', TZ: ':UTC' },
      context: { functionName: 'Fixture-Web', memoryLimitInMB: '256' },
      remaining: expect.any(Number),
    });
    expect(body).not.toHaveProperty('environment.HOME');
  });

  test('reads its secret, which is kept in a file of its owner alone', async () => {
    const first = await fetchJson('/secret');

    expect(first.body).toMatchObject({ SecretString: expect.stringMatching(/"current":"\w{64}"/) });
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['throws', 'throw', 'misbehaved as told'],
    ['ends its process', 'exit', 'Runtime exited with exit code: 7'],
    ['takes too long', 'sleep', 'Task timed out after 3.00 seconds'],
    ['answers with more than 6 MB', 'huge', 'Response payload size exceeded'],
  ])('that %s makes a 500, a line on the terminal, and no harm to the next request', async (_what, how, said) => {
    expect(await fetchJson(`/misbehave/${how}`)).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
    expect(stack.output()).toContain(said);
    expect((await fetch(`${stack.url}/echo/after`)).status).toBe(200);
  });

  test('writes its metrics to the metric log', async () => {
    await put('metered');

    const { body } = await fetchJson('/_local/metrics');
    expect(body).toMatchObject({ metrics: expect.arrayContaining([expect.objectContaining({ function: 'Web' })]) });
    expect(readFileSync(join(data, 'metrics.jsonl'), 'utf8')).toContain('"Put":1');
    expect(readFileSync(join(data, 'logs', 'Web.log'), 'utf8')).toContain('"Put":1');
  });
});

describe('the queue', () => {
  test('delivers to its function, and moves what keeps failing to the dead letter queue', async () => {
    await Promise.all(['works-1', 'fail-1', 'works-2'].map(send));

    await eventually('both rows are written', async () => {
      const found = await Promise.all(['works-1', 'works-2'].map((id) => fetchJson(`/rows/${id}`)));
      return found.every(({ status }) => status === 200);
    });
    const dead = await eventually('the message is dead', async () => {
      const { body } = await fetchJson('/_local/queues');
      return JSON.stringify(body).includes('"name":"Fixture-DeadLetters","visible":1') && body;
    });
    expect(dead).toMatchObject({ queues: [{ queue: 'DeadLetters' }, { visible: 0, notVisible: 0 }] });
  });

  test('gives records in the shape of Lambda', async () => {
    await send('shaped');

    const row = await eventually('the row is written', async () => {
      const { status, body } = await fetchJson('/rows/shaped');
      return status === 200 && JSON.stringify(body);
    });
    const stored: { record?: { S: string } } = JSON.parse(row);
    expect(JSON.parse(stored.record?.S ?? '')).toMatchObject({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: 'shaped',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
      messageAttributes: { origin: { stringValue: 'test', dataType: 'String' } },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:Fixture-Queue',
      awsRegion: 'us-east-1',
    });
  });
});

describe('a fault', () => {
  afterEach(clearFaults);

  test.each([
    ['throttle', 201],
    ['error500', 201],
    ['reset', 201],
    ['refuse', 201],
    // The write is done, its answer is lost, and the SDK's own retry finds the row there.
    ['commit-then-reset', 409],
  ])('of kind %s once is retried by the SDK and ends in %i', async (kind, status) => {
    await setFault({ kind, table: 'Rows', operation: 'PutItem', count: 1 });

    expect((await put(`fault-${kind}`)).status).toBe(status);
    expect((await fetchJson('/_local/faults')).body).toMatchObject({ faults: [{ kind, hits: 1 }] });
  });

  test('of kind delay holds the answer back', async () => {
    await setFault({ kind: 'delay', delayMs: 400, service: 'dynamodb' });
    const startedAt = Date.now();

    expect((await put('delayed')).status).toBe(201);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(400);
  });

  test('of kind hang lasts until the function times out', async () => {
    await setFault({ kind: 'hang', service: 'dynamodb' });

    expect((await put('hung')).status).toBe(500);
  });

  test.each([
    ['kill', 201],
    ['commit-then-kill', 409],
  ])('of kind %s ends the process, and a second request is answered %i', async (kind, status) => {
    await setFault({ kind, table: 'Rows', operation: 'PutItem', count: 1 });

    expect((await put(`fault-${kind}`)).status).toBe(500);
    expect(stack.output()).toContain('Runtime exited with signal: SIGKILL');
    expect((await put(`fault-${kind}`)).status).toBe(status);
  });

  test('of kind expired-token reaches the function immediately', async () => {
    await setFault({ kind: 'expired-token', table: 'Rows' });

    expect((await put('expired')).body).toMatchObject({ error: expect.stringMatching(/^ExpiredTokenException/) });
  });

  test('of kind redeliver hands a message over twice, and deletes it once', async () => {
    await setFault({ kind: 'redeliver', queue: 'Queue', delayMs: 50 });
    await fetchJson('/_local/operations', { method: 'DELETE' });
    await send('twice');

    await eventually('it came twice', async () => {
      const text = JSON.stringify((await fetchJson('/_local/operations')).body);
      return text.includes('"operation":"PutItem","target":"Rows","function":"Worker","count":2');
    });
    await eventually('it is gone', async () => {
      const { body } = await fetchJson('/_local/messages?queue=Queue');
      return JSON.stringify(body) === '{"messages":[]}';
    });
    expect((await fetchJson('/rows/twice')).status).toBe(200);
  });

  test('with a mistake in it is rejected by name', async () => {
    expect(await setFault({ kind: 'reset', tabel: 'Rows' })).toMatchObject({
      status: 400,
      body: { message: 'Nothing was set: a fault rule has no field "tabel".' },
    });
  });
});

describe('the control routes', () => {
  test('count what went over the wire, with its cost', async () => {
    await fetchJson('/_local/operations', { method: 'DELETE' });
    await put('counted');

    expect((await fetchJson('/_local/operations')).body).toEqual({
      operations: [
        {
          function: 'Web',
          service: 'dynamodb',
          operation: 'PutItem',
          target: 'Rows',
          count: 1,
          failed: 0,
          readUnits: 0,
          writeUnits: 1,
        },
      ],
    });
  });

  test('put a message into a queue, and show what lies there', async () => {
    await fetchJson('/_local/messages?queue=DeadLetters', { method: 'POST', body: 'laid aside' });

    const { body } = await fetchJson('/_local/messages?queue=DeadLetters');
    expect(body).toMatchObject({ messages: expect.arrayContaining([expect.objectContaining({ body: 'laid aside' })]) });
    expect((await fetchJson('/_local/messages?queue=Nowhere')).status).toBe(404);
  });

  test('list what is served', async () => {
    expect((await fetchJson('/_local/health')).body).toMatchObject({
      ready: true,
      functions: [{ function: 'Web', processIds: [expect.any(Number)] }, { function: 'Worker' }],
      tables: [{ table: 'Rows', name: 'Fixture-Rows' }],
    });
  });
});

describe('a web page or a tunnel', () => {
  const foreign: [string, (here: string) => string][] = [
    ['under a host name of its own', () => 'host: rebound.example'],
    ['of another origin', (here) => `host: ${here}\r\norigin: https://evil.example`],
    ['of another site, without an origin', (here) => `host: ${here}\r\nsec-fetch-site: cross-site`],
    ['that passes for this machine', (here) => `host: ${here}\r\nx-forwarded-for: 203.0.113.9`],
  ];
  const ask = (line: string, headers: string): Promise<number> =>
    rawStatus(`${line} HTTP/1.1\r\n${headers}\r\nconnection: close\r\n\r\n`);

  test.each(foreign)(
    '%s reaches neither the control routes nor a signed one, however its path is written',
    async (_who, of) => {
      const headers = of(new URL(stack.url).host);
      const lines = ['DELETE /_local/faults', 'GET /signed/x', 'GET /%73igned/x', `GET ${stack.url}/signed/x`];

      expect(await Promise.all(lines.map((line) => ask(line, headers)))).toEqual([403, 403, 403, 403]);
    },
  );

  test.each(foreign)('%s reaches what is public', async (_who, of) => {
    expect(await ask('GET /echo/x', of(new URL(stack.url).host))).toBe(200);
  });

  test.each(foreign)('%s does not reach the servers behind the front', async (_who, of) => {
    const { body } = await fetchJson('/environment');
    const { AWS_ENDPOINT_URL_SQS: gateway = '', AWS_LAMBDA_RUNTIME_API: runtime = '' } = v.parse(
      environment,
      body,
    ).environment;

    for (const host of [new URL(gateway).host, runtime]) {
      expect(await rawStatus(`POST / HTTP/1.1\r\n${of(host)}\r\nconnection: close\r\n\r\n`, host)).toBe(403);
    }
  });
});

test('a program of this machine calls a signed route', async () => {
  expect((await fetchJson('/signed/x')).status).toBe(200);
});

const environment = v.object({ environment: v.record(v.string(), v.string()) });

/** Status of the answer to bytes that no HTTP client would send. */
function rawStatus(bytes: string, host = new URL(stack.url).host): Promise<number> {
  const { hostname, port } = new URL(`http://${host}`);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString())?.[1]));
    });
    socket.once('error', reject);
  });
}
