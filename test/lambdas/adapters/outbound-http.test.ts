import type * as dns from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { playAnswer } from '../../../prove/outbound/play-answer';
import type { SinkAnswer } from '../../../prove/outbound/sink-scripts';
import type * as outboundHttp from '../../../lambdas/adapters/outbound-http';
import { sendOutbound, type SendingLimits } from '../../../lambdas/adapters/outbound-http';
import type { Attempt } from '../../../lambdas/domain/outbound/judge';
import type { OutboundRequest } from '../../../lambdas/domain/outbound/request';

const limits: SendingLimits = { connectMilliseconds: 500, totalMilliseconds: 1000, answerBytes: 1024 };
const seen: { method: string; url: string; body: string; headers: Record<string, unknown> }[] = [];
let listener: RequestListener = (_, response) => response.end('OK');
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      listener(request, response);
    });
  });
  port = await portOf(server);
});
afterAll(() => closed(server));
beforeEach(() => {
  seen.splice(0);
});

interface Closable {
  listen(port: number, host: string, then: () => void): unknown;
  address(): unknown;
  close(then: () => void): unknown;
}

async function portOf(one: Closable): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  const address = one.address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
}

async function closed(one: Closable): Promise<void> {
  await new Promise<void>((resolve) => one.close(resolve));
}

const get = (url: string): OutboundRequest => ({ method: 'GET', url, headers: {} });
const local = (path = '/'): string => `http://127.0.0.1:${port}${path}`;
const send = (request: OutboundRequest) =>
  sendOutbound(request, { allowedDestinations: [`127.0.0.1:${port}`, `localhost:${port}`] }, limits);

describe('a request', () => {
  test('is sent as it was written, and its answer is read', async () => {
    listener = (_, response) => response.writeHead(202, { 'retry-after': '7' }).end('taken');
    const request: OutboundRequest = {
      method: 'POST',
      url: local('/pb?a=1'),
      headers: { 'content-type': 'application/json', 'x-key': 'k' },
      body: '{"a":"é"}',
    };
    expect(await send(request)).toEqual({ httpStatus: 202, text: 'taken', retryAfter: '7' });
    expect(seen).toMatchObject([
      { method: 'POST', url: '/pb?a=1', body: '{"a":"é"}', headers: { 'x-key': 'k', 'content-length': '10' } },
    ]);
  });

  test('follows no redirect', async () => {
    listener = (_, response) => response.writeHead(302, { location: local('/elsewhere') }).end();
    expect(await send(get(local()))).toMatchObject({ httpStatus: 302 });
    expect(seen).toHaveLength(1);
  });

  test('reads the beginning of an endless answer and no more', async () => {
    listener = (_, response) => {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write('x'.repeat(100), () => setImmediate(more)));
      more();
    };
    expect(await send(get(local()))).toEqual({ httpStatus: 200, text: 'x'.repeat(1024), retryAfter: undefined });
  });
});

describe('an answer without end, by the limits that deliveries have', () => {
  const most = 20 * 1024 ** 2;
  const play = (answer: SinkAnswer) => {
    listener = (_, response) => playAnswer(answer, response);
    return sendOutbound(get(local()), { allowedDestinations: [`127.0.0.1:${port}`] });
  };

  test('of a gigabyte is read to its 16th kilobyte', async () => {
    const attempt = await play({ httpStatus: 200, text: 'OK', trouble: 'flood' });
    expect(attempt).toMatchObject({ httpStatus: 200, text: expect.stringMatching(/^OKx+$/) });
    expect('text' in attempt && attempt.text).toHaveLength(16 * 1024);
  });

  test('that comes a byte a second is left after five, and its outcome is open', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
    const answered = new Promise<void>((resolve) => {
      const drip: SinkAnswer = { failure: 'OUTCOME_UNKNOWN', trouble: 'drip' };
      listener = (_, response) => {
        playAnswer(drip, response);
        resolve();
      };
    });
    const attempt = sendOutbound(get(local()), { allowedDestinations: [`127.0.0.1:${port}`] });
    let settled: Attempt | undefined;
    void attempt.then((one) => (settled = one));
    await answered;
    for (let seconds = 1; seconds < 5; seconds += 1) {
      await jest.advanceTimersByTimeAsync(1000);
      await new Promise((resolve) => setImmediate(resolve));
      expect(settled).toBeUndefined();
    }
    await jest.advanceTimersByTimeAsync(1000);
    jest.useRealTimers();
    expect(await attempt).toEqual({ failure: 'OUTCOME_UNKNOWN' });
  });

  test.each([
    ['of a gigabyte', { httpStatus: 200, text: 'OK', trouble: 'flood' }],
    ['that unpacks to a thousand times its size', { httpStatus: 200, text: '', trouble: 'bomb' }],
  ] as const)('%s takes no more than 20 MB, ten of them at a time', async (_, answer) => {
    await play(answer);
    const before = process.memoryUsage();
    const attempts = await Promise.all(Array.from({ length: 10 }, () => play(answer)));
    const after = process.memoryUsage();
    const taken = after.heapUsed + after.external - before.heapUsed - before.external;
    for (const attempt of attempts) expect('text' in attempt && attempt.text.length).toBeLessThanOrEqual(16 * 1024);
    expect(taken).toBeLessThan(most);
  });
});

describe('a source that fails', () => {
  test('by silence after the request leaves open what became of it', async () => {
    listener = () => undefined;
    expect(await send(get(local()))).toEqual({ failure: 'OUTCOME_UNKNOWN' });
  });

  test('by an answer that breaks off leaves open what became of it', async () => {
    listener = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    expect(await send(get(local()))).toEqual({ failure: 'OUTCOME_UNKNOWN' });
  });

  test('by taking no connection was not called', async () => {
    const gone = createServer();
    const free = await portOf(gone);
    await closed(gone);
    const allowed = { allowedDestinations: [`127.0.0.1:${free}`] };
    expect(await sendOutbound(get(`http://127.0.0.1:${free}/`), allowed, limits)).toEqual({
      failure: 'CONNECTION_FAILED',
    });
  });

  test('by speaking no TLS was not called', async () => {
    const plain = createTcpServer((socket) => {
      socket.on('error', () => undefined).on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    const taken = await portOf(plain);
    const allowed = { allowedDestinations: [`127.0.0.1:${taken}`] };
    expect(await sendOutbound(get(`https://127.0.0.1:${taken}/`), allowed, limits)).toEqual({ failure: 'TLS_FAILED' });
    await closed(plain);
  });

  test('by a name that nobody has was not called', async () => {
    const rules = { allowedDestinations: ['nothing.invalid:80'] };
    const attempt = await sendOutbound(get('http://nothing.invalid/'), rules, limits);
    expect(['NAME_NOT_FOUND', 'TIMED_OUT']).toContain('failure' in attempt ? attempt.failure : '');
  });
});

describe('a destination that must not be reached', () => {
  test.each([
    ['an address on this machine', () => local()],
    ['a name of this machine', () => `http://localhost:${port}/`],
    ['a port of its own', () => 'http://example.com:8080/'],
    ['the metadata of the machine', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('is rejected without a connection: %s', async (_, url) => {
    listener = (__, response) => response.end('OK');
    expect(await sendOutbound(get(url()), {}, limits)).toEqual({ failure: 'ADDRESS_REJECTED' });
    expect(seen).toEqual([]);
  });

  test('is rejected by what its name resolves to: a public name of this machine', async () => {
    const resolved = jest.requireActual<typeof dns>('node:dns');
    const spy = jest.spyOn(resolved, 'lookup').mockImplementation(((
      _: string,
      __: object,
      callback: (error: null, addresses: { address: string; family: number }[]) => void,
    ) =>
      callback(null, [
        { address: '203.0.114.9', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ])) as never);
    const { sendOutbound: fresh } = jest.requireActual<typeof outboundHttp>('../../../lambdas/adapters/outbound-http');
    expect(await fresh(get('http://rebinding.example/'), {}, limits)).toEqual({ failure: 'ADDRESS_REJECTED' });
    spy.mockRestore();
  });
});
