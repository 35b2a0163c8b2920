import { findUnreplacedMacro } from '../../../../lambdas/domain/text/macros';
import { integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';
import { eventOf } from '../support/admin-caller';
import { masterText } from '../support/secrets-server';
import { readRequest } from '../../../../lambdas/admin/http/request';
import { postbackUrlOf } from '../../../../lambdas/admin/integrations/postback-url';
import {
  acceptedCredentials,
  currentCredential,
  readMaster,
  writeSigningKey,
} from '../../../../lambdas/domain/trust/keys';

const master = readMaster(masterText);

describe('the URL that a person pastes into a sender', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
  });
  afterAll(() => stack.stop());

  test('names every field in the tokens of its preset, and ends in the token, masked where nobody asked for secrets', async () => {
    await stack.call('PUT', '/integrations/plain', { body: integrationDocument });
    const masked = await stack.call('GET', '/integrations/plain/postback-url');
    const credentials = await stack.call('POST', '/integrations/plain/credentials', { body: {} });
    const { token, keyId, signingKey } = currentCredential(master, 'plain', { current: 1 });
    const url =
      'https://tracker.example/postback/plain?clickid={clickid}&amount={amount}&txid={transaction_id}' +
      '&event={event}&status={status}&currency={currency}&token=';
    expect([masked.status, masked.body]).toStrictEqual([200, { url: `${url}***` }]);
    expect([credentials.status, credentials.body]).toStrictEqual([
      200,
      { url: `${url}${token}`, token, hmac: { kid: keyId, secret: writeSigningKey(signingKey) } },
    ]);
    expect(credentials.headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store' });
  });

  test('no GET of the API shows a token or a signing key', async () => {
    await stack.call('PUT', '/integrations/quiet', { body: { ...integrationDocument, auth: { hmac: 'required' } } });
    await stack.call('POST', '/integrations/quiet/keys');
    const secrets = acceptedCredentials(master, 'quiet', { current: 2, previous: 1 }).flatMap(
      ({ token, signingKey }) => [token, signingKey.toString('base64')],
    );
    const paths = ['', '?history=1', '/postback-url', '/keys', '/sheet', '/sheet?withToken=1', '/credentials'];
    for (const path of ['/integrations', ...paths.map((rest) => `/integrations/quiet${rest}`)]) {
      const { text } = await stack.call('GET', path);
      expect(secrets.filter((secret) => text.includes(secret))).toStrictEqual([]);
    }
  });

  test.each([
    ['/integrations/a%20b/credentials', {}, 400, 'ID_INVALID'],
    ['/integrations/plain/credentials?token=1', {}, 400, 'PARAMETER_INVALID'],
    ['/integrations/plain/credentials', { body: { kid: 'k1' } }, 400, 'BODY_INVALID'],
    ['/integrations/plain/credentials', { body: [] }, 400, 'BODY_INVALID'],
    ['/integrations/plain/keys', { body: { drop: true } }, 400, 'BODY_INVALID'],
    ['/integrations/plain/sheet', { body: { withToken: true } }, 400, 'BODY_INVALID'],
  ])('what nobody defined is rejected: POST %s %j', async (path, options, status, error) => {
    await stack.call('PUT', '/integrations/plain', { body: integrationDocument });
    const refused = await stack.call('POST', path, options);
    expect([refused.status, refused.body['error']]).toStrictEqual([status, error]);
    expect((await stack.call('GET', '/integrations/plain')).body['keys']).toStrictEqual({ current: 1 });
  });

  test('of a system whose tokens are not known says where they go, by a word that is rejected where it stays', async () => {
    await stack.call('PUT', '/integrations/shop', { body: { ...integrationDocument, preset: 'post-affiliate-pro' } });
    const { body } = await stack.call('GET', '/integrations/shop/postback-url');
    expect(body['url']).toContain('?visitorId=REPLACE&TotalCost=REPLACE&token=');
    expect(findUnreplacedMacro('REPLACE')).toBe('REPLACE');
  });

  test('of a system that sends a body of its own holds the token alone: a second value of a name would be a conflict', async () => {
    await stack.call('PUT', '/integrations/till', { body: { ...integrationDocument, preset: 'stripe' } });
    const { body } = await stack.call('GET', '/integrations/till/postback-url');
    expect(body['url']).toBe('https://tracker.example/postback/till?token=***');
  });

  test('uses the names that the integration gave, and no name twice', async () => {
    const parameters = { clickId: ['r', 'ref'], amount: ['p'], transactionId: ['amount', 'Order ID'], event: ['txid'] };
    await stack.call('PUT', '/integrations/named', { body: { ...integrationDocument, parameters } });
    const { body } = await stack.call('GET', '/integrations/named/postback-url');
    expect(body['url']).toContain('?r={clickid}&p={amount}&amount={transaction_id}&txid={event}&status={status}&');
  });

  test('encodes a parameter name, and leaves a token as it stands', () => {
    const integration = {
      ...integrationDocument,
      auth: { token: 'required', hmac: 'off', ip: 'off' } as const,
      parameters: { clickId: ['Klick ID'] },
    };
    expect(postbackUrlOf('https://x.example', 'a', integration, 'k1t')).toContain('?Klick%20ID={clickid}&');
  });

  test.each([
    [{ host: '127.0.0.1:3000', 'x-forwarded-proto': 'http' }, 'http://127.0.0.1:3000/postback/'],
    [{ host: '[::1]:3000', 'x-forwarded-proto': 'http' }, 'http://[::1]:3000/postback/'],
    [{ host: 'go.example', 'x-forwarded-proto': 'ftp' }, 'https://go.example/postback/'],
    [{ host: 'evil.example/path?' }, 'https://api.execute-api.us-east-1.amazonaws.com/postback/'],
  ])('begins as the request came: %j', async (headers, expected) => {
    await stack.call('PUT', '/integrations/based', { body: integrationDocument });
    const { body } = await stack.call('GET', '/integrations/based/postback-url', { headers });
    expect(String(body['url']).startsWith(expected)).toBe(true);
  });

  test.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['localhost.example', 'https://localhost.example'],
  ])('a front that names no protocol speaks plain HTTP on this machine: %s', (host, expected) => {
    expect(readRequest({ ...eventOf('GET', '/integrations'), headers: { host } }).baseUrl).toBe(expected);
  });

  test('rotation makes a new key, keeps the one before, and drops the third', async () => {
    await stack.call('PUT', '/integrations/turned', { body: integrationDocument });
    const first = await stack.call('POST', '/integrations/turned/credentials');
    const second = await stack.call('POST', '/integrations/turned/keys', { author: 'arn:aws:iam::1:user/ada' });
    expect(Object.keys(second.body).sort()).toStrictEqual(Object.keys(first.body).sort());
    expect([second.body['hmac'], second.headers['etag']]).toMatchObject([{ kid: 'k2' }, '"2"']);
    const third = await stack.call('POST', '/integrations/turned/keys');
    expect([third.body['hmac'], third.headers['etag']]).toMatchObject([{ kid: 'k3' }, '"3"']);
    expect((await stack.call('GET', '/integrations/turned/keys')).items).toStrictEqual([
      { kid: 'k3', current: true },
      { kid: 'k2', current: false },
    ]);
    const { body } = await stack.call('GET', '/integrations/turned');
    expect(body).toMatchObject({ keys: { current: 3, previous: 2 }, name: 'Acme' });
    const accepted = acceptedCredentials(master, 'turned', { current: 3, previous: 2 }).map(({ token }) => token);
    expect(accepted).toStrictEqual([third.body['token'], second.body['token']]);
    expect(accepted).not.toContain(first.body['token']);
    const { items } = await stack.call('GET', '/integrations/turned?history=1');
    expect(items.map(({ keys, updatedBy }) => [keys, updatedBy])).toStrictEqual([
      [{ current: 3, previous: 2 }, 'unknown'],
      [{ current: 2, previous: 1 }, 'arn:aws:iam::1:user/ada'],
      [{ current: 1 }, 'unknown'],
    ]);
  });

  test('a change of the document and a deletion leave the keys as they are', async () => {
    await stack.call('PUT', '/integrations/kept', { body: integrationDocument });
    await stack.call('POST', '/integrations/kept/keys');
    const changed = await stack.call('PUT', '/integrations/kept', {
      body: { ...integrationDocument, name: 'Other', keys: { current: 99 } },
    });
    expect(changed.body['keys']).toStrictEqual({ current: 2, previous: 1 });
    await stack.call('DELETE', '/integrations/kept');
    const back = await stack.call('PUT', '/integrations/kept', { body: integrationDocument });
    expect(back.body['keys']).toStrictEqual({ current: 2, previous: 1 });
  });

  test('a rotation with If-Match happens once, however often it is sent', async () => {
    await stack.call('PUT', '/integrations/once', { body: integrationDocument });
    const headers = { 'if-match': '"1"' };
    expect((await stack.call('POST', '/integrations/once/keys', { headers })).status).toBe(200);
    expect((await stack.call('POST', '/integrations/once/keys', { headers })).status).toBe(409);
  });

  test('there is none for an integration that is not there', async () => {
    await stack.call('PUT', '/integrations/left', { body: integrationDocument });
    await stack.call('DELETE', '/integrations/left');
    for (const id of ['left', 'never']) {
      expect((await stack.call('GET', `/integrations/${id}/postback-url`)).status).toBe(404);
      expect((await stack.call('GET', `/integrations/${id}/keys`)).status).toBe(404);
      expect((await stack.call('POST', `/integrations/${id}/credentials`)).status).toBe(404);
      expect((await stack.call('POST', `/integrations/${id}/keys`)).status).toBe(404);
    }
  });
});
