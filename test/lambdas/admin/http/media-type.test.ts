import { integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';

describe('what changes something', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', { body: integrationDocument });
  });
  afterAll(() => stack.stop());

  const keys = async () => (await stack.call('GET', '/integrations/acme')).body['keys'];

  // The three types that a page may send to any origin without asking first, and what passes for JSON at a glance.
  test.each([
    undefined,
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'text/plain, application/json',
    'application/json, text/plain',
    'application/jsonp',
  ])('is rejected as %s, and nothing is changed', async (type) => {
    const headers = { 'content-type': type ?? '' };
    const calls = [
      await stack.call('POST', '/integrations/acme/keys', { headers }),
      await stack.call('POST', '/integrations/acme/credentials', { headers, body: {} }),
      await stack.call('PUT', '/integrations/other', { headers, body: integrationDocument }),
    ];
    for (const { status, body } of calls) {
      expect([status, body['error']]).toStrictEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
      expect(body['message']).toMatch(/ Send the header "content-type: application\/json"\.$/);
    }
    expect([await keys(), (await stack.call('GET', '/integrations/other')).status]).toStrictEqual([
      { current: 1 },
      404,
    ]);
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'is taken as %s',
    async (type) => {
      const headers = { 'content-type': type };
      expect((await stack.call('POST', '/integrations/acme/credentials', { headers, body: {} })).status).toBe(200);
    },
  );

  test('by DELETE needs no type, since it has no body', async () => {
    await stack.call('PUT', '/sources/news', { body: { name: 'News' } });
    expect((await stack.call('DELETE', '/sources/news')).status).toBe(204);
  });
});
