import { campaignDocument, integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';

const author = 'arn:aws:sts::123456789012:assumed-role/Operators/ada';

describe('campaigns, integrations and sources', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', { body: integrationDocument });
  });
  afterAll(() => stack.stop());

  test('the first PUT creates, the next one changes, and GET gives what was put', async () => {
    const created = await stack.call('PUT', '/campaigns/first', { body: campaignDocument('acme'), author });
    expect([created.status, created.body['version'], created.headers['etag']]).toStrictEqual([201, 1, '"1"']);
    const changed = await stack.call('PUT', '/campaigns/first', { body: campaignDocument('acme', 'Summer') });
    expect([changed.status, changed.body['version']]).toStrictEqual([200, 2]);
    const read = await stack.call('GET', '/campaigns/first');
    expect(read.body).toStrictEqual({
      id: 'first',
      version: 2,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      updatedBy: 'unknown',
      ...campaignDocument('acme', 'Summer'),
    });
    expect([read.status, read.headers['cache-control'], read.headers['etag']]).toStrictEqual([200, 'no-store', '"2"']);
  });

  test('who signed the request is the author, the session of a role included', async () => {
    const made = await stack.call('PUT', '/sources/news', { body: { name: 'News' }, author });
    expect(made.body['updatedBy']).toBe(author);
  });

  test('an integration shows its keys and the authentication it starts with', async () => {
    const { body } = await stack.call('GET', '/integrations/acme');
    expect(body).toMatchObject({ keys: { current: 1 }, auth: { token: 'required', hmac: 'off', ip: 'off' } });
  });

  test('what GET gives can be edited and put back', async () => {
    await stack.call('PUT', '/integrations/edited', { body: integrationDocument });
    const read = await stack.call('GET', '/integrations/edited');
    const changed = await stack.call('PUT', '/integrations/edited', { body: { ...read.body, name: 'Renamed' } });
    expect([changed.status, changed.body['version'], changed.body['name']]).toStrictEqual([200, 2, 'Renamed']);
    const again = await stack.call('PUT', '/integrations/edited', { body: changed.body });
    expect([again.status, again.body['changed']]).toStrictEqual([200, false]);
    expect((await stack.call('PUT', '/integrations/edited', { body: again.body })).status).toBe(200);
  });

  test('the same content again makes no version, whatever the order of its fields', async () => {
    const document = campaignDocument('acme');
    await stack.call('PUT', '/campaigns/same', { body: document });
    const reversed = Object.fromEntries(Object.entries(document).reverse());
    const again = await stack.call('PUT', '/campaigns/same', { body: reversed });
    expect([again.status, again.body['version'], again.body['changed']]).toStrictEqual([200, 1, false]);
    expect((await stack.call('GET', '/campaigns/same?history=1')).items).toHaveLength(1);
  });

  test('every wrong field is named with its path, and nothing is kept', async () => {
    const body = {
      name: '',
      integration: 'acme',
      status: 'active',
      offers: [{ id: 'a', url: 'ftp://x', weight: -1 }],
      colour: 'red',
      id: 'other',
      version: 'three',
    };
    const refused = await stack.call('PUT', '/campaigns/wrong', { body });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ error: 'DOCUMENT_INVALID', message: expect.stringContaining('offers.0.url') });
    const { problems } = refused.body;
    expect(problems).toBeInstanceOf(Array);
    const paths = Array.isArray(problems) ? problems.map(({ path }: { path: string }) => path) : [];
    expect(paths).toStrictEqual(
      expect.arrayContaining(['colour', 'id', 'name', 'offers.0.url', 'offers.0.weight', 'version']),
    );
    expect(refused.body['message']).toContain('colour: is no field of this document');
    expect((await stack.call('GET', '/campaigns/wrong')).status).toBe(404);
  });

  test('a field that is missing is named', async () => {
    const refused = await stack.call('PUT', '/sources/nameless', { body: {} });
    expect(refused.body['problems']).toStrictEqual([{ path: 'name', problem: 'must be given' }]);
  });

  test('a campaign cannot name an integration that does not exist', async () => {
    const refused = await stack.call('PUT', '/campaigns/orphan', { body: campaignDocument('nobody') });
    expect(refused.status).toBe(400);
    expect(refused.body['problems']).toStrictEqual([
      { path: 'integration', problem: expect.stringContaining('there is no integration nobody') },
    ]);
  });

  test.each([
    ['malformed JSON', { text: '{"name":' }],
    ['nothing', {}],
    ['an array', { body: [1] }],
    ['a text', { body: 'name' }],
    ['null', { body: null }],
  ])('a body of %s is rejected', async (_, options) => {
    const refused = await stack.call('PUT', '/sources/body', options);
    expect([refused.status, refused.body['error']]).toStrictEqual([400, 'BODY_INVALID']);
  });

  test('a body that API Gateway encoded is decoded', async () => {
    const made = await stack.call('PUT', '/sources/encoded', { body: { name: 'Überall' }, base64: true });
    expect([made.status, made.body['name']]).toStrictEqual([201, 'Überall']);
  });

  test.each(['-x', 'a%20b', 'a%23b', 'x'.repeat(65), '%2E%2E'])('the ID %s is rejected', async (id) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const refused = await stack.call(method, `/sources/${id}`, { body: { name: 'x' } });
      expect([refused.status, refused.body['error']]).toStrictEqual([400, 'ID_INVALID']);
    }
  });

  test('an ID may come percent-encoded', async () => {
    expect((await stack.call('GET', '/integrations/%61cme')).body['id']).toBe('acme');
  });

  test('an offer whose URL is odd is taken, and the answer tells what is odd', async () => {
    const odd = {
      ...campaignDocument('acme'),
      offers: [{ id: 'a', url: 'https://shop.example/?s={click_id}', weight: 1 }],
    };
    const made = await stack.call('PUT', '/campaigns/odd', { body: odd });
    const warnings = [{ path: 'offers.0.url', message: expect.stringContaining('Write {clickid} instead.') }];
    expect([made.status, made.body['warnings']]).toStrictEqual([201, warnings]);

    const again = await stack.call('PUT', '/campaigns/odd', { body: made.body });
    expect([again.status, again.body['changed'], again.body['warnings']]).toStrictEqual([200, false, warnings]);
    expect((await stack.call('GET', '/campaigns/odd')).body).not.toHaveProperty('warnings');
    const fine = await stack.call('PUT', '/campaigns/odd', { body: campaignDocument('acme') });
    expect(fine.body).not.toHaveProperty('warnings');
  });

  test('a postback of a source is rejected for a macro of another system, by the path of its field', async () => {
    const url = 'https://sink.example/?c=${SUBID}&p={revenue}';
    const body = { name: 'Ads', postbacks: [{ id: 'main', when: 'first', url }] };
    const refused = await stack.call('PUT', '/sources/ads', { body });
    expect([refused.status, refused.body['error']]).toStrictEqual([400, 'DOCUMENT_INVALID']);
    expect(refused.body['problems']).toStrictEqual([
      { path: 'postbacks.0.url', problem: '${SUBID} is a token of another system. Write {external_id} instead.' },
      { path: 'postbacks.0.url', problem: '{revenue} is no macro of the tracker. Write {payout} instead.' },
    ]);
    expect((await stack.call('GET', '/sources/ads')).status).toBe(404);
  });

  test('a source is put with a template, read as it was put, and told what is odd about it', async () => {
    const postbacks = [{ id: 'main', template: 'popads', when: 'every-change', account: { aid: '1' } }];
    const made = await stack.call('PUT', '/sources/pop', { body: { name: 'Pop', postbacks } });
    expect([made.status, made.body['postbacks']]).toStrictEqual([201, postbacks]);
    expect(made.body['warnings']).toStrictEqual([
      { path: 'postbacks.0.when', message: expect.stringContaining('Add {status}') },
    ]);
    const again = await stack.call('PUT', '/sources/pop', { body: made.body });
    expect([again.status, again.body['changed']]).toStrictEqual([200, false]);
    expect((await stack.call('GET', '/sources/pop')).body['postbacks']).toStrictEqual(postbacks);
  });

  test('a document too large for its table is rejected with its size', async () => {
    const events = Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`w${at}`.padEnd(40, 'x'), `e${at}`]));
    const refused = await stack.call('PUT', '/integrations/large', { body: { ...integrationDocument, events } });
    expect([refused.status, refused.body['error']]).toStrictEqual([413, 'TOO_LARGE']);
  });

  test('what does not exist is 404, with and without history', async () => {
    for (const path of ['/campaigns/none', '/campaigns/none?history=1']) {
      const missing = await stack.call('GET', path);
      expect([missing.status, missing.body['error']]).toStrictEqual([404, 'NOT_FOUND']);
    }
    expect((await stack.call('DELETE', '/campaigns/none')).status).toBe(404);
  });

  test.each([
    ['GET', '/campaigns/none', 'campaigns'],
    ['GET', '/saved-reports/none?history=1', 'saved-reports'],
    ['DELETE', '/costs/none', 'costs'],
    ['GET', '/integrations/none/sheet', 'integrations'],
    ['GET', '/sources/none/health', 'sources'],
  ])('a 404 names the list of what exists: %s %s', async (method, path, collection) => {
    const missing = await stack.call(method, path);
    expect([missing.status, missing.body['message']]).toStrictEqual([
      404,
      expect.stringContaining(`GET /admin/v1/${collection} `),
    ]);
  });

  test('lists and histories are paged by cursor with no gap and no repeat', async () => {
    for (let at = 0; at < 7; at++) await stack.call('PUT', `/integrations/page-${at}`, { body: integrationDocument });
    await stack.call('DELETE', '/integrations/page-3');
    for (let at = 0; at < 6; at++) await stack.call('PUT', '/sources/paged', { body: { name: `Name ${at}` } });
    const whole = (await stack.call('GET', '/integrations')).items.map(({ id }) => String(id));
    expect(whole).toStrictEqual([...whole].sort());
    expect(await allPages('/integrations?limit=2', 'id')).toStrictEqual(whole);
    expect(await allPages('/sources/paged?history=1&limit=2', 'version')).toStrictEqual([6, 5, 4, 3, 2, 1]);
  });

  async function allPages(path: string, field: string): Promise<readonly unknown[]> {
    const values: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await stack.call('GET', cursor === undefined ? path : `${path}&cursor=${cursor}`);
      values.push(...page.items.map((item) => item[field]));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return values;
  }

  test.each(['/sources?limit=0', '/sources?limit=201', '/sources?limit=x', '/sources?cursor=x', '/sources?size=1'])(
    '%s is rejected with the parameter named',
    async (path) => {
      const refused = await stack.call('GET', path);
      expect([refused.status, refused.body['error']]).toStrictEqual([400, 'PARAMETER_INVALID']);
      expect(refused.body['message']).toContain(/\?(\w+)/.exec(path)?.[1]);
    },
  );

  test('history=2 is neither yes nor no', async () => {
    expect((await stack.call('GET', '/sources/news?history=2')).status).toBe(400);
  });
});
