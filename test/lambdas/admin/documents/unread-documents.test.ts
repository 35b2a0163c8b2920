import { startAdminStack, campaignDocument, integrationDocument, type AdminStack } from '../support/admin-stack';
import { storeAsOtherRelease } from '../support/other-release';

describe('a document that another release stored, and this one does not understand', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', { body: integrationDocument });
  });
  afterAll(() => stack.stop());

  const stored = { ...campaignDocument('acme'), colour: 'blue' };

  test('is shown as it is stored, with what is wrong, alone, in the list and in history', async () => {
    await storeAsOtherRelease(stack.client, 'campaign', 'odd', stored);
    await stack.call('PUT', '/campaigns/even', { body: campaignDocument('acme') });
    const problems = [{ path: 'colour', problem: 'is no field of this document' }];
    const { status, body, headers } = await stack.call('GET', '/campaigns/odd');
    expect([status, headers['etag']]).toStrictEqual([200, '"1"']);
    expect(body).toMatchObject({ id: 'odd', version: 1, updatedBy: 'another release', ...stored, problems });
    for (const path of ['/campaigns', '/campaigns/odd?history=1']) {
      const { items } = await stack.call('GET', path);
      expect(items).toContainEqual(expect.objectContaining({ id: 'odd', colour: 'blue', problems }));
    }
    const { items } = await stack.call('GET', '/campaigns');
    expect(items.find(({ id }) => id === 'even')).not.toHaveProperty('problems');
  });

  test('is mended by GET, edit, PUT', async () => {
    await storeAsOtherRelease(stack.client, 'campaign', 'mended', stored);
    const { colour: _gone, ...edited } = (await stack.call('GET', '/campaigns/mended')).body;
    const put = await stack.call('PUT', '/campaigns/mended', { body: edited });
    expect([put.status, put.body['version'], put.body['problems']]).toStrictEqual([200, 2, undefined]);
    expect((await stack.call('GET', '/campaigns/mended')).body).not.toHaveProperty('problems');
  });

  test('can be deleted as it is', async () => {
    await storeAsOtherRelease(stack.client, 'campaign', 'left', stored);
    expect((await stack.call('DELETE', '/campaigns/left')).status).toBe(204);
    const { items } = await stack.call('GET', '/campaigns/left?history=1');
    expect(items[0]).toMatchObject({ version: 2, deleted: true, colour: 'blue' });
  });

  test('is not worked by: whoever asks is told to mend it', async () => {
    await storeAsOtherRelease(stack.client, 'integration', 'odd', { name: 'Odd', preset: 'of tomorrow' });
    await storeAsOtherRelease(stack.client, 'campaign', 'unusable', stored);
    const calls = [
      stack.call('GET', '/integrations/odd/postback-url'),
      stack.call('GET', '/integrations/odd/sheet'),
      stack.call('GET', '/integrations/odd/keys'),
      stack.call('POST', '/integrations/odd/credentials'),
      stack.call('POST', '/integrations/odd/keys'),
      stack.call('POST', '/test-clicks', { body: { campaign: 'unusable' } }),
    ];
    for (const { status, body } of await Promise.all(calls)) {
      expect([status, body['error']]).toStrictEqual([409, 'DOCUMENT_UNREADABLE']);
      expect(body['message']).toMatch(/GET it .* PUT it/);
      expect(body['problems']).toHaveLength(1);
    }
    expect((await stack.call('GET', '/integrations/odd?history=1')).items).toHaveLength(1);
  });

  test('keeps the integration that it names from being deleted', async () => {
    await stack.call('PUT', '/integrations/named', { body: integrationDocument });
    await storeAsOtherRelease(stack.client, 'campaign', 'naming', { ...stored, integration: 'named' });
    const refused = await stack.call('DELETE', '/integrations/named');
    expect([refused.status, refused.body['campaigns']]).toStrictEqual([409, ['naming']]);
  });

  test('is shown without its fields where it is no object, or no JSON', async () => {
    await storeAsOtherRelease(stack.client, 'source', 'list', [1]);
    await storeAsOtherRelease(stack.client, 'source', 'torn', '{"name":');
    for (const id of ['list', 'torn']) {
      const { status, body } = await stack.call('GET', `/sources/${id}`);
      expect([status, body['version']]).toStrictEqual([200, 1]);
      expect(body['problems']).not.toHaveLength(0);
    }
  });
});
