import { once } from 'node:events';
import { connect } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { listenRuntimeApi, type RuntimeApi } from '../../local/lambda/runtime-api';

const base = '/2018-06-01/runtime';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:Web';

let api: RuntimeApi;
let told: string[];

beforeEach(async () => {
  told = [];
  api = await listenRuntimeApi({
    onTaken: () => 1_800_000_000_000,
    onResponse: (requestId, payload) => told.push(`${requestId} response ${payload?.toString() ?? 'too long'}`),
    onError: (requestId, payload) => told.push(`${requestId} error ${payload}`),
    onInitError: (payload) => told.push(`init error ${payload}`),
  });
});
afterEach(() => api.close());

const invoke = (requestId: string): void => api.deliver({ requestId, payload: `{"for":"${requestId}"}`, functionArn });

describe("a runtime that calls the API's address, as AWS's own does", () => {
  const call = (path: string, body?: string): Promise<Response> =>
    fetch(`http://${api.address}${base}${path}`, body === undefined ? {} : { method: 'POST', body });

  test('gets its invocations one by one, with what Lambda says about them', async () => {
    invoke('first');
    const response = await call('/invocation/next');

    expect(await response.json()).toEqual({ for: 'first' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': 'first',
      'lambda-runtime-deadline-ms': '1800000000000',
      'lambda-runtime-invoked-function-arn': functionArn,
    });
  });

  test('gets the receipt of a result immediately, before it asks for more', async () => {
    const answers = [
      await call('/invocation/one/response', '{"ok":1}'),
      await call('/invocation/two/error', '{"errorType":"E"}'),
      await call('/init/error', '{"errorType":"I"}'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(told).toEqual(['one response {"ok":1}', 'two error {"errorType":"E"}', 'init error {"errorType":"I"}']);
  });
});

describe('a runtime on its own connection', () => {
  const next = `GET ${base}/invocation/next HTTP/1.1\r\n\r\n`;
  const response = (requestId: string, body: string): string =>
    `POST ${base}/invocation/${requestId}/response HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

  function runtime(): { writes: string[]; end: Duplex } {
    const [ours, end] = duplexPair();
    api.serve(ours);
    const writes: string[] = [];
    end.on('data', (chunk: Buffer) => writes.push(chunk.toString()));
    return { writes, end };
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('that sends a result and asks for more gets both answers in one write', async () => {
    const { writes, end } = runtime();
    end.write(response('first', '{}') + next);
    await settled();
    expect(writes).toEqual([]);
    invoke('second');
    await settled();

    expect(told).toEqual(['first response {}']);
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatch(/^HTTP\/1\.1 202 [^]*\{"status":"OK"\}HTTP\/1\.1 200 [^]*\{"for":"second"\}$/);
  });

  test('that only sends a result gets its answer immediately', async () => {
    const { writes, end } = runtime();
    end.write(response('first', '{}'));
    await settled();

    expect(writes).toEqual([expect.stringMatching(/^HTTP\/1\.1 202 /)]);
  });

  test('may send a result of 6 MB, and no more', async () => {
    const { end } = runtime();
    const limit = 6 * 1024 * 1024;
    end.write(response('fits', 'x'.repeat(limit)) + response('exceeds', 'x'.repeat(limit + 1)) + next);
    await settled();

    expect(told.map((line) => line.slice(0, 25))).toEqual(['fits response xxxxxxxxxxx', 'exceeds response too long']);
  });
});

test('a page of the web does not reach the API', async () => {
  const [host = '', port = ''] = api.address.split(':');
  const socket = connect(Number(port), host);
  socket.write(`GET ${base}/invocation/next HTTP/1.1\r\nhost: rebound.example:${port}\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();

  expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
});
