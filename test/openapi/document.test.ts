import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startAdminStack, type AdminStack } from '../lambdas/admin/support/admin-stack';
import { record } from '../lambdas/admin/support/admin-caller';
import { readOperations } from './support/operations';
import { closedEnvironment } from '../../prove/closed-environment';

describe('the OpenAPI document', () => {
  let stack: AdminStack;
  let document: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    stack = await startAdminStack();
    document = (await stack.call('GET', '/openapi.json')).body;
  });
  afterAll(() => stack.stop());

  test('is a valid OpenAPI 3.1 document', () => {
    const found = execFileSync(process.execPath, [join(__dirname, 'support/validate.mjs')], {
      env: closedEnvironment(),
      input: JSON.stringify(document),
      encoding: 'utf8',
    });
    expect(JSON.parse(found)).toStrictEqual({ valid: true });
    expect(document['openapi']).toBe('3.1.0');
  });

  test('names each operation once, and tells it, its answers and who answers', () => {
    const operations = readOperations(document);
    const ids = operations.map(({ id }) => id);
    expect(ids).toStrictEqual([...new Set(ids)]);
    expect(ids.length).toBeGreaterThan(25);
    for (const { summary, responses } of operations) {
      expect(summary).not.toBe('');
      expect(Object.keys(responses)).not.toHaveLength(0);
    }
  });

  test('takes its words from the code: presets, reasons and fields are those that are read', () => {
    const text = JSON.stringify(document);
    for (const word of [
      'post-affiliate-pro',
      'CONFLICTING_DUPLICATE',
      'ignore-by-transaction',
      'signatureToleranceSeconds',
    ])
      expect(text).toContain(word);
  });

  test('tells senders each way to send a body: form, multipart and JSON, compressed or not', () => {
    for (const path of ['/postback', '/postback/{integration}']) {
      const { parameters, requestBody } = record(record(record(document['paths'])[path])['post']);
      const content = record(record(requestBody)['content']);
      expect(Object.keys(content)).toStrictEqual([
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json',
      ]);
      for (const described of Object.values(content)) {
        const properties = record(record(record(described)['schema'])['properties']);
        expect(Object.keys(properties)).toEqual(expect.arrayContaining(['clickid', 'amount', 'txid']));
      }
      expect(parameters).toContainEqual(
        expect.objectContaining({
          name: 'Content-Encoding',
          schema: { type: 'string', enum: ['gzip', 'deflate', 'br', 'identity'] },
        }),
      );
    }
  });

  test('refers to nothing that is not there, and defines nothing that nobody refers to', () => {
    const text = JSON.stringify(document);
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    const defined = Object.keys(record(record(document['components'])['schemas']));
    expect([...new Set(referred)].sort()).toStrictEqual(defined.sort());
  });

  test('asks for a signature on the admin API, except on one machine', async () => {
    expect([document['servers'], document['security']]).toStrictEqual([[{ url: '/' }], [{ signature: [] }]]);
    const byId = Object.fromEntries(readOperations(document).map((operation) => [operation.id, operation.security]));
    expect([byId['click'], byId['ping'], byId['listCampaigns']]).toStrictEqual([[], [], undefined]);
    const local = await stack.call('GET', '/openapi.json', { headers: { host: '127.0.0.1:3000' } });
    expect(local.body).not.toHaveProperty('security');
  });
});
