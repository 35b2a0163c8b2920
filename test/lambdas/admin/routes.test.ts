import { handler } from '../../../lambdas/admin/handler';
import { useEndpoint } from '../../storage/local-dynamodb';
import { adminApi } from '../../../lambdas/admin/admin-api';
import { dynamoDbClient } from '../../../lambdas/adapters/dynamodb';
import { servicesFromEnvironment } from '../../../lambdas/admin/http/services';
import { adminCaller } from './support/admin-caller';
import { integrationDocument, startAdminStack, type AdminStack } from './support/admin-stack';

describe('the routes of the admin API', () => {
  let stack: AdminStack;
  const logged: string[] = [];
  beforeAll(async () => {
    stack = await startAdminStack();
  });
  beforeEach(() => {
    logged.length = 0;
    jest.spyOn(console, 'error').mockImplementation((line: string) => void logged.push(line));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => stack.stop());

  test('the handler serves them from its environment', async () => {
    const call = adminCaller(handler);
    expect((await call('PUT', '/integrations/handled', { body: integrationDocument })).status).toBe(201);
    expect((await call('GET', '/integrations/handled/')).body['id']).toBe('handled');
    expect((await call('POST', '/integrations/handled/credentials')).body['token']).toMatch(/^k1t[0-9a-f]{40}$/);
  });

  test.each(['/', '/nothing', '/openapi.yaml', '/campaigns/a/b', '/postbacks/a/b'])(
    '%s is no route, and those that are there are named',
    async (path) => {
      const missing = await stack.call('GET', path);
      expect([missing.status, missing.body['error']]).toStrictEqual([404, 'NOT_FOUND']);
      const near = path.startsWith('/postbacks') ? 'GET /admin/v1/postbacks/{requestId}' : '/admin/v1/campaigns/{id}';
      expect(missing.body['message']).toContain(near);
    },
  );

  test.each([
    ['POST', '/campaigns', 'GET'],
    ['PATCH', '/campaigns/a', 'GET, PUT, DELETE'],
    ['DELETE', '/conversions', 'GET'],
    ['DELETE', '/integrations/a/keys', 'GET, POST'],
    ['GET', '/integrations/a/credentials', 'POST'],
    ['POST', '/integrations/a/postback-url', 'GET'],
    ['GET', '/postbacks/replay', 'POST'],
    ['POST', '/clicks/abc', 'GET, DELETE'],
    ['GET', '/dead-letters/redrive', 'POST'],
  ])('%s %s is not allowed, and what is stands in Allow', async (method, path, allow) => {
    const refused = await stack.call(method, path);
    expect([refused.status, refused.body['error'], refused.headers['allow']]).toStrictEqual([
      405,
      'METHOD_NOT_ALLOWED',
      allow,
    ]);
    expect(refused.text).toContain(allow);
  });

  test('a path that does not decode is rejected', async () => {
    const refused = await stack.call('GET', '/campaigns/%E0%A4%A');
    expect([refused.status, refused.body['error']]).toStrictEqual([400, 'PATH_INVALID']);
  });

  test('storage that does not answer is 503 with Retry-After, logged once and told without its insides', async () => {
    useEndpoint('http://127.0.0.1:1');
    const call = adminCaller(adminApi(servicesFromEnvironment(dynamoDbClient())));
    for (const path of ['/campaigns/a', '/campaigns', '/postbacks?transactionId=sought', '/conversions?campaign=a']) {
      logged.length = 0;
      const failed = await call('GET', path);
      expect([failed.status, failed.body['error'], failed.headers['retry-after']]).toStrictEqual([
        503,
        'STORAGE_UNAVAILABLE',
        '5',
      ]);
      expect(failed.text).not.toMatch(/ECONN|127\.0\.0\.1/);
      expect(logged).toHaveLength(1);
      expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'ERROR', requestId: 'request-1', method: 'GET' });
      expect(logged[0]).not.toContain('sought');
    }
    useEndpoint(stack.database.endpoint);
  });

  test('a master secret that cannot be had is 503 too, and nothing of it is told', async () => {
    await stack.call('PUT', '/integrations/secretless', { body: integrationDocument });
    const { secret } = stack.secrets;
    for (const wrong of [undefined, '{"currentNumber":1,"current":"too short"}']) {
      stack.secrets.secret = wrong;
      const call = adminCaller(adminApi(servicesFromEnvironment(stack.client)));
      const failed = await call('POST', '/integrations/secretless/credentials');
      expect(failed.status).toBe(503);
      expect(failed.text + logged.join('')).not.toContain('too short');
    }
    stack.secrets.secret = secret;
  });

  test('an unexpected error is 500 with the request ID, logged once, and says nothing else', async () => {
    const services = servicesFromEnvironment(stack.client);
    const broken = {
      ...services,
      configuration: { ...services.configuration, newest: () => Promise.reject(new Error('inside')) },
    };
    const failed = await adminCaller(adminApi(broken))('GET', '/campaigns/a?history=0');
    expect([failed.status, failed.body['requestId']]).toStrictEqual([500, 'request-1']);
    expect(failed.text).not.toContain('inside');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('inside');
    expect(logged[0]).not.toContain('history');
  });
});
