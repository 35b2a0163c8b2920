import { campaignDocument, integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';

const author = 'arn:aws:sts::123456789012:assumed-role/Operators/ada';

describe('deleting campaigns, integrations and sources', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', { body: integrationDocument });
  });
  afterAll(() => stack.stop());

  test('a deleted document is gone from GET and from its list, stays in history, and comes back under the next number', async () => {
    await stack.call('PUT', '/sources/gone', { body: { name: 'One' }, author });
    const deleted = await stack.call('DELETE', '/sources/gone', { author });
    expect([deleted.status, deleted.text]).toStrictEqual([204, '']);
    const missing = await stack.call('GET', '/sources/gone');
    expect([missing.status, missing.body['message']]).toStrictEqual([404, expect.stringContaining(author)]);
    expect((await stack.call('GET', '/sources')).items.map(({ id }) => id)).not.toContain('gone');
    expect((await stack.call('DELETE', '/sources/gone')).status).toBe(404);

    const back = await stack.call('PUT', '/sources/gone', { body: { name: 'One' } });
    expect([back.status, back.body['version']]).toStrictEqual([201, 3]);
    const { items } = await stack.call('GET', '/sources/gone?history=1');
    expect(items.map(({ version, deleted: isDeleted, updatedBy }) => [version, isDeleted, updatedBy])).toStrictEqual([
      [3, undefined, 'unknown'],
      [2, true, author],
      [1, undefined, author],
    ]);
    expect((await stack.call('GET', '/sources')).items.map(({ id }) => id)).toContain('gone');
  });

  test('an integration that campaigns use is not deleted, and they are named', async () => {
    await stack.call('PUT', '/integrations/used', { body: integrationDocument });
    await stack.call('PUT', '/campaigns/user-b', { body: campaignDocument('used') });
    await stack.call('PUT', '/campaigns/user-a', { body: campaignDocument('used') });
    const refused = await stack.call('DELETE', '/integrations/used');
    expect([refused.status, refused.body['error'], refused.body['campaigns']]).toStrictEqual([
      409,
      'IN_USE',
      ['user-a', 'user-b'],
    ]);
    expect(refused.body['message']).toContain('user-a, user-b');
    await stack.call('DELETE', '/campaigns/user-a');
    await stack.call('PUT', '/campaigns/user-b', { body: campaignDocument('acme') });
    expect((await stack.call('DELETE', '/integrations/used')).status).toBe(204);
    const orphan = await stack.call('PUT', '/campaigns/user-a', { body: campaignDocument('used') });
    expect(orphan.status).toBe(400);
  });
});
