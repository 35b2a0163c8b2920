import { readContent } from '../../../../cli/configuration/check-document';
import { readText } from '../../../../cli/configuration/written-text';
import { reservedNameProblems } from '../../../../lambdas/domain/configuration/reserved-names';
import { campaignDocument, integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';

const names = ['__proto__', 'constructor', 'prototype'];

describe('a name that every object of JavaScript knows', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', { body: integrationDocument });
  });
  afterAll(() => stack.stop());

  /** As it goes over the wire: no literal of JavaScript has such a field. */
  const put = (path: string, document: object, field: string) =>
    stack.call('PUT', path, { text: JSON.stringify(document).replace(/\}$/, `,${field}}`) });
  const pathsOf = (body: Readonly<Record<string, unknown>>): unknown =>
    Array.isArray(body['problems']) ? body['problems'].map((problem: { path?: unknown }) => problem.path) : body;

  describe.each(names)('%s', (name) => {
    test.each([
      [name, `"${name}":{"polluted":true}`],
      [`statuses.${name}`, `"statuses":{"${name}":"approved"}`],
      [`events.${name}`, `"events":{"${name}":"sale"}`],
      [`parameters.${name}`, `"parameters":{"${name}":["x"]}`],
      [`duplicates.events.${name}`, `"duplicates":{"events":{"${name}":"update"}}`],
    ])('is rejected in a document by its path: %s', async (path, field) => {
      const refused = await put('/integrations/odd', integrationDocument, field);
      expect([refused.status, refused.body['error']]).toStrictEqual([400, 'DOCUMENT_INVALID']);
      expect(pathsOf(refused.body)).toContain(path);
      expect((await stack.call('GET', '/integrations/odd')).status).toBe(404);
    });

    test('is rejected in a campaign and in a source', async () => {
      const campaign = await put('/campaigns/odd', campaignDocument('acme'), `"events":{"${name}":{"amount":"1"}}`);
      const source = await put('/sources/odd', { name: 'News' }, `"parameters":{"${name}":"zone"}`);
      expect([pathsOf(campaign.body), pathsOf(source.body)]).toStrictEqual([
        [`events.${name}`],
        [`parameters.${name}`],
      ]);
    });

    test('is rejected in the body of what is no document', async () => {
      const { status, body } = await stack.call('POST', '/postbacks/replay', { text: `{"filter":{"${name}":{}}}` });
      expect([status, body['error'], pathsOf(body)]).toStrictEqual([400, 'BODY_INVALID', [`filter.${name}`]]);
    });

    test('is rejected in a file before it is sent', () => {
      const [written] = readText(
        'acme.yaml',
        `name: Acme\npreset: generic\nstatuses:\n  ${name}: approved\n`,
      ).documents;
      expect(readContent('integration', written?.value)).toMatchObject({
        ok: false,
        problems: [{ path: `statuses.${name}` }],
      });
    });
  });

  test('costs no stack however deep it lies, and a document full of them names some', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}{"__proto__":1}${'}'.repeat(20_000)}`);
    const [problem] = reservedNameProblems(deep);
    expect(problem?.path).toMatch(/^a\.a\.[a.]+\.__proto__$/);
    const many: unknown = JSON.parse(`[${Array.from({ length: 1000 }, () => '{"__proto__":1}').join(',')}]`);
    expect(reservedNameProblems(many)).toHaveLength(20);
  });
});
