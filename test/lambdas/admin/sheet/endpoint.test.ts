import { sheetDifferences } from '../../../../lambdas/admin/sheet/document-difference';
import { currentCredential, readMaster, writeSigningKey } from '../../../../lambdas/domain/trust/keys';
import { integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';
import { masterText } from '../support/secrets-server';

const ada = 'arn:aws:sts::123456789012:assumed-role/Operators/ada';

describe('the sheet of an integration', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
  });
  afterAll(() => stack.stop());

  test('is Markdown, under the host that it was asked for at, with the version as its tag', async () => {
    await stack.call('PUT', '/integrations/plain', { body: integrationDocument });
    const { status, headers, text } = await stack.call('GET', '/integrations/plain/sheet');
    expect([status, headers['content-type'], headers['cache-control'], headers['etag']]).toStrictEqual([
      200,
      'text/markdown; charset=utf-8',
      'no-store',
      '"1"',
    ]);
    expect(text).toMatch(/^# Postbacks of Acme\n/);
    expect(text).toContain('https://tracker.example/postback/plain?');
  });

  test('holds the token only where it was asked for, and never the signing key', async () => {
    await stack.call('PUT', '/integrations/secret', { body: { ...integrationDocument, auth: { hmac: 'required' } } });
    const { token, signingKey } = currentCredential(readMaster(masterText), 'secret', { current: 1 });
    const without = await stack.call('GET', '/integrations/secret/sheet');
    const withToken = await stack.call('POST', '/integrations/secret/sheet', { body: {} });
    expect(without.text).not.toContain(token);
    expect(withToken.text).toContain(`token=${token}`);
    for (const { text } of [without, withToken]) {
      expect(text).not.toContain(writeSigningKey(signingKey));
      expect(text).not.toMatch(/whsec_[A-Za-z0-9+/]{8}/);
    }
    expect((await stack.call('GET', '/integrations/secret/sheet?withToken=1')).status).toBe(400);
    expect((await stack.call('GET', '/integrations/secret/sheet?token=1')).status).toBe(400);
  });

  test('without the token needs no secret: it is given while the secret cannot be had', async () => {
    await stack.call('PUT', '/integrations/apart', { body: integrationDocument });
    const { secret } = stack.secrets;
    stack.secrets.secret = undefined;
    expect((await stack.call('GET', '/integrations/apart/sheet')).status).toBe(200);
    stack.secrets.secret = secret;
  });

  test('tells every version: when, by whom, which fields from what to what', async () => {
    const put = (document: object, author = ada) =>
      stack.call('PUT', '/integrations/told', { body: { ...integrationDocument, ...document }, author });
    await put({});
    await put({ currency: 'EUR', statuses: { paid: 'approved' } });
    await put({ currency: 'USD', parameters: { clickId: ['a', 'b|c'] } }, 'arn:aws:iam::123456789012:user/eve');
    await stack.call('POST', '/integrations/told/keys', { author: ada });
    await stack.call('DELETE', '/integrations/told', { author: ada });
    await put({ name: 'Back' });
    const { text } = await stack.call('GET', '/integrations/told/sheet');
    const rows = text
      .slice(text.indexOf('## Changes'))
      .split('\n')
      .filter((line) => /^\| \d/.test(line))
      .map((line) => line.split(/ (?<!\\)\| /).map((cell) => cell.replace(/^\| | \|$/g, '')));
    expect(
      rows.map(([version, when, who, what]) => [version, /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(when ?? ''), who, what]),
    ).toEqual([
      [
        '6',
        true,
        'ada',
        'created again<br>`currency`: `USD` → not set<br>`name`: `Acme` → `Back`<br>`parameters.clickId`: `a, b\\|c` → not set',
      ],
      ['5', true, 'ada', 'deleted'],
      ['4', true, 'ada', '`keys`: `k1` → `k2, k1`'],
      [
        '3',
        true,
        'eve',
        '`currency`: `EUR` → `USD`<br>`parameters.clickId`: not set → `a, b\\|c`<br>`statuses.paid`: `approved` → not set',
      ],
      ['2', true, 'ada', '`currency`: not set → `EUR`<br>`statuses.paid`: not set → `approved`'],
      ['1', true, 'ada', 'created'],
    ]);
    expect(text).not.toContain('123456789012');
  });

  test('there is none of an integration that is not there', async () => {
    await stack.call('PUT', '/integrations/left', { body: integrationDocument });
    await stack.call('DELETE', '/integrations/left');
    for (const id of ['left', 'never']) {
      expect((await stack.call('GET', `/integrations/${id}/sheet`)).status).toBe(404);
    }
    expect((await stack.call('GET', '/integrations/a%20b/sheet')).status).toBe(400);
    expect((await stack.call('POST', '/integrations/left/sheet')).status).toBe(404);
  });
});

test('differences name the innermost field; lists are compared whole', () => {
  const before = { a: { b: 1, c: [1, 2], same: true }, gone: 'x', word: 'w', none: undefined };
  const after = { a: { b: 2, c: [2, 1], same: true, fresh: { deep: 'y' } }, word: 'w' };
  expect(sheetDifferences(before, after)).toStrictEqual([
    { path: 'a.b', from: '1', to: '2' },
    { path: 'a.c', from: '1, 2', to: '2, 1' },
    { path: 'a.fresh.deep', to: 'y' },
    { path: 'gone', from: 'x' },
  ]);
  expect(sheetDifferences({ a: 1 }, { a: 1 })).toStrictEqual([]);
});
