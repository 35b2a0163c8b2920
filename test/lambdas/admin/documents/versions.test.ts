import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { adminApi } from '../../../../lambdas/admin/admin-api';
import { servicesFromEnvironment } from '../../../../lambdas/admin/http/services';
import { adminCaller, type AdminCaller } from '../support/admin-caller';
import { integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';
import { startLosingProxy, type LosingProxy } from '../support/losing-proxy';

describe('versions of a document', () => {
  let stack: AdminStack;
  let proxy: LosingProxy;
  let callThroughProxy: AdminCaller;
  beforeAll(async () => {
    stack = await startAdminStack();
    proxy = await startLosingProxy(stack.database.endpoint);
    const client = new DynamoDBClient({ endpoint: proxy.endpoint, maxAttempts: 2 });
    callThroughProxy = adminCaller(adminApi(servicesFromEnvironment(client)));
  });
  afterAll(async () => {
    await proxy.stop();
    await stack.stop();
  });

  const put = (id: string, name: string, more: object = {}) =>
    stack.call('PUT', `/sources/${id}`, { body: { name, ...more } });
  const historyOf = async (id: string) => (await stack.call('GET', `/sources/${id}?history=1&limit=200`)).items;

  test('a change that is based on an older version is rejected, and both are named', async () => {
    await put('a', 'One');
    await put('a', 'Two', { version: 1 });
    const refused = await put('a', 'Three', { version: 1 });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ error: 'VERSION_CONFLICT', basedOn: 1, currentVersion: 2 });
    expect(refused.body['message']).toMatch(/version 1 .*version 2 /);
    expect((await stack.call('GET', '/sources/a')).body['name']).toBe('Two');
  });

  test('If-Match does the same as the version in the body', async () => {
    await put('b', 'One');
    const ifMatch = (tag: string, name: string) =>
      stack.call('PUT', '/sources/b', { body: { name }, headers: { 'If-Match': tag } });
    expect((await ifMatch('"1"', 'Two')).status).toBe(200);
    expect((await ifMatch('"1"', 'Three')).status).toBe(409);
    expect((await ifMatch('W/"2"', 'Three')).status).toBe(200);
    expect((await ifMatch('*', 'Four')).status).toBe(200);
    expect((await ifMatch('yesterday', 'Five')).body['message']).toContain('If-Match');
    const both = await stack.call('PUT', '/sources/b', {
      body: { name: 'x', version: 4 },
      headers: { 'if-match': '3' },
    });
    expect([both.status, both.body['error']]).toStrictEqual([400, 'DOCUMENT_INVALID']);
    expect((await stack.call('DELETE', '/sources/b', { headers: { 'if-match': '"1"' } })).status).toBe(409);
    expect((await stack.call('DELETE', '/sources/b', { headers: { 'if-match': '"4"' } })).status).toBe(204);
  });

  test('version 0 creates and nothing else', async () => {
    expect((await put('c', 'One', { version: 0 })).status).toBe(201);
    expect((await put('c', 'Two', { version: 0 })).status).toBe(409);
    expect((await put('d', 'One', { version: 3 })).status).toBe(409);
    await stack.call('DELETE', '/sources/c');
    expect((await put('c', 'Two', { version: 1 })).body['message']).toContain('deleted with version 2');
    expect((await put('c', 'Two', { version: 0 })).body['version']).toBe(3);
  });

  test('20 changes at once are 20 versions, without a gap and each as it was sent', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => put('race', `Name ${at}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    const history = await historyOf('race');
    expect(history.map(({ version }) => version)).toStrictEqual(Array.from({ length: 20 }, (_, at) => 20 - at));
    expect(new Set(history.map(({ name }) => name)).size).toBe(20);
    for (const { body } of answers) expect(history).toContainEqual(body);
    expect((await stack.call('GET', '/sources/race')).body).toStrictEqual(history[0]);
    expect((await stack.call('GET', '/sources')).items).toContainEqual(history[0]);
  });

  test('of 10 first creations at once exactly one wins', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => put('new', `Name ${at}`, { version: 0 })));
    expect(answers.map(({ status }) => status).sort((left, right) => left - right)).toStrictEqual([
      201,
      ...Array<number>(9).fill(409),
    ]);
    expect(await historyOf('new')).toHaveLength(1);
  });

  test('times never run backwards', async () => {
    const times = (await historyOf('race')).map(({ updatedAt }) => String(updatedAt));
    expect(times).toStrictEqual([...times].sort().reverse());
  });

  test('a write whose answer was lost is recognised, and is one version', async () => {
    proxy.losesAnswers = 1;
    const made = await callThroughProxy('PUT', '/sources/lost', { body: { name: 'One', version: 0 } });
    expect([made.status, made.body['version'], proxy.losesAnswers]).toStrictEqual([201, 1, 0]);
    expect(await historyOf('lost')).toHaveLength(1);
  });

  test('a rotation whose answers were all lost is looked up, and is not made twice', async () => {
    await stack.call('PUT', '/integrations/lost', { body: integrationDocument });
    proxy.losesAnswers = 2;
    const rotated = await callThroughProxy('POST', '/integrations/lost/keys');
    expect([rotated.status, rotated.body['hmac'], proxy.losesAnswers]).toMatchObject([200, { kid: 'k2' }, 0]);
    expect((await stack.call('GET', '/integrations/lost')).body).toMatchObject({ version: 2, keys: { current: 2 } });
  });

  test('a write that nobody can say anything about is 503, and sending it again makes no second version', async () => {
    proxy.losesAnswers = 2;
    proxy.losesReads = 2;
    const silence = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const unknown = await callThroughProxy('PUT', '/sources/lost-twice', { body: { name: 'One' } });
    silence.mockRestore();
    expect([unknown.status, unknown.headers['retry-after']]).toStrictEqual([503, '5']);
    expect(unknown.body['message']).toContain('not known');
    const again = await callThroughProxy('PUT', '/sources/lost-twice', { body: { name: 'One' } });
    expect([again.status, again.body['changed']]).toStrictEqual([200, false]);
    expect(await historyOf('lost-twice')).toHaveLength(1);
  });
});
