import { createServer, type Server } from 'node:http';
import type * as handlerModule from '../../../lambdas/edge/handler';
import { edgeKey } from '../../../lambdas/adapters/edge-key';
import { close, listen } from '../adapters/support/wire-proxy';

/** As much of Secrets Manager as a secret with versions is. */
const kept: { current: string | undefined; previous: string | undefined; reads: number } = {
  current: 'now',
  previous: undefined,
  reads: 0,
};
let server: Server;
let now = Date.now();
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:edge-abcdef';
const fresh = () => edgeKey(secretArn, () => now);

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' });
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      kept.reads += 1;
      const previous = text.includes('AWSPREVIOUS');
      const secret = previous ? kept.previous : kept.current;
      const absent = previous && kept.current !== undefined ? 'ResourceNotFoundException' : 'InternalServiceError';
      response.writeHead(secret === undefined ? (previous ? 400 : 500) : 200, {
        'content-type': 'application/x-amz-json-1.1',
      });
      response.end(
        JSON.stringify(
          secret === undefined ? { __type: absent, Message: 'the secret store is broken' } : { SecretString: secret },
        ),
      );
    });
  });
  process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = await listen(server);
  process.env['EDGE_SECRET_ARN'] = secretArn;
});
beforeEach(() => Object.assign(kept, { current: 'now', previous: undefined }));
afterAll(() => close(server));

describe('the gate', () => {
  const show = async (...identitySource: string[]) => {
    // Its key is read from the environment when it is loaded.
    const { handler } = jest.requireActual<typeof handlerModule>('../../../lambdas/edge/handler');
    return handler({ identitySource });
  };

  test('lets through what shows the key, and tells the functions that it came through the edge', async () => {
    expect(await show('now')).toEqual({ isAuthorized: true, context: { through: 'edge' } });
  });

  test.each([[['NOW']], [['']], [[]], [['now ']]])('rejects %j, and tells the functions nothing', async (shown) => {
    expect(await show(...shown)).toEqual({ isAuthorized: false, context: {} });
  });
});

describe('the key', () => {
  test('that was changed is taken beside the one before, which CloudFront may still show', async () => {
    Object.assign(kept, { current: 'new', previous: 'old' });
    const key = fresh();

    expect(await Promise.all(['new', 'old', 'older'].map((shown) => key.matches(shown)))).toEqual([true, true, false]);
  });

  test('is read again after five minutes, and no sooner while it matches', async () => {
    const key = fresh();
    await key.matches('now');
    const before = kept.reads;
    now += 5 * 60_000 - 1;
    await key.matches('now');
    expect(kept.reads).toBe(before);
    now += 1;
    await key.matches('now');
    expect(kept.reads).toBe(before + 2);
  });

  test('is read again before a rejection, which API Gateway remembers for an hour, but not for each wrong key of a flood', async () => {
    const key = fresh();
    await key.matches('now');
    Object.assign(kept, { current: 'new', previous: 'now' });
    const before = kept.reads;
    now += 10_000 - 1;
    expect([await key.matches('wrong'), kept.reads]).toEqual([false, before]);
    now += 1;
    expect([await key.matches('new'), kept.reads]).toEqual([true, before + 2]);
    expect([await key.matches('wrong'), kept.reads]).toEqual([false, before + 2]);
  });

  test('that is held serves on where it cannot be read anew', async () => {
    const key = fresh();
    await key.matches('now');
    kept.current = undefined;
    now += 5 * 60_000;

    expect(await key.matches('now')).toBe(true);
  });

  test('that was never had lets nobody through', async () => {
    kept.current = undefined;
    await expect(fresh().matches('now')).rejects.toThrow('the secret store is broken');
  });
});
