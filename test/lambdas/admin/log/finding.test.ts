import { sourceTemplateIds } from '../../../../lambdas/domain/outbound/sources';
import { presets } from '../../../../lambdas/domain/presets';
import { campaignDocument } from '../support/admin-stack';
import { startTracker, type Tracker } from '../support/tracker';

// Empty hours are many queries, and a busy machine takes its time for them.
jest.setTimeout(60_000);

const open = { token: 'off', hmac: 'off', ip: 'off' };

let tracker: Tracker;
beforeAll(async () => {
  tracker = await startTracker();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await tracker.put('integrations', 'acme', { name: 'Acme', preset: 'generic', currency: 'USD', auth: open });
  await tracker.put('campaigns', 'spring', campaignDocument('acme'));
});
afterAll(async () => {
  jest.restoreAllMocks();
  await tracker.stop();
});

const since = () => new Date(Date.now() - 60_000).toISOString();
const find = async (path: string) => (await tracker.call('GET', `${path}&since=${since()}`)).items;
const idsOf = (items: readonly Readonly<Record<string, unknown>>[]) => items.map(({ requestId }) => requestId).sort();

describe('the log by warning', () => {
  test('shows the rows that have it among others, and no other', async () => {
    const { clickId } = await tracker.click();
    const unread = await tracker.postback({ clickid: clickId, txid: 'W1', commission: '3' });
    await tracker.postback({ clickid: clickId, txid: 'W2', amount: '3' });
    expect(idsOf(await find(`/postbacks?clickId=${clickId}&warning=AMOUNT_UNREAD`))).toStrictEqual([unread.requestId]);
  });

  test('of a word that is no warning names those that are', async () => {
    const { status, body } = await tracker.call('GET', '/postbacks?warning=NONE');
    expect([status, body['message']]).toStrictEqual([400, expect.stringContaining('AMOUNT_UNREAD')]);
  });
});

describe('the log by transaction ID', () => {
  test('shows what was recorded under it, and what was rejected and names it, also in a body or encoded', async () => {
    const { clickId } = await tracker.click();
    const recorded = await tracker.postback({ clickid: clickId, txid: 'A 7/1', amount: '3' });
    const rejected = await tracker.postback({ clickid: clickId, txid: 'A 7/1', amount: 'gold' });
    const inBody = await tracker.postback(
      {},
      {
        method: 'POST',
        rawQuery: '',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ clickid: clickId, txid: 'A 7/1', amount: 'gold' })),
      },
    );
    expect(inBody.reason).toBe('AMOUNT_INVALID');
    await tracker.postback({ clickid: clickId, txid: 'A 7/12', amount: '3' });
    await tracker.postback({ clickid: clickId, txid: 'A 7/12', amount: 'gold' });

    const expected = [recorded, rejected, inBody].map(({ requestId }) => requestId).sort();
    expect(idsOf(await find(`/postbacks?transactionId=${encodeURIComponent('A 7/1')}`))).toStrictEqual(expected);
  });
});

describe('conversions by transaction ID', () => {
  test('are found without a campaign or integration, each once, and narrowed by them', async () => {
    const { clickId } = await tracker.click();
    await tracker.postback({ clickid: clickId, txid: 'C-1', amount: '3', status: 'pending' });
    await tracker.postback({ clickid: clickId, txid: 'C-1', status: 'approved' });
    await tracker.postback({ clickid: clickId, txid: 'C-2', amount: '4' });

    expect(await find('/conversions?transactionId=C-1')).toMatchObject([{ transactionId: 'C-1', status: 'approved' }]);
    expect(await find('/conversions?transactionId=C-2&campaign=spring')).toMatchObject([{ transactionId: 'C-2' }]);
    expect(await find('/conversions?transactionId=C-2&campaign=other')).toStrictEqual([]);
  });

  test('that are mail addresses, which the log masks, are told apart', async () => {
    const { clickId } = await tracker.click();
    for (const txid of ['ada@example.com', 'bob@example.com']) {
      await tracker.postback({ clickid: clickId, txid, amount: '1' });
    }
    const found = await find(`/conversions?transactionId=${encodeURIComponent('bob@example.com')}`);
    expect(found).toMatchObject([{ transactionId: 'bob@example.com' }]);
  });

  test('are not asked for together with a click', async () => {
    const { clickId } = await tracker.click();
    expect((await tracker.call('GET', `/conversions?transactionId=C-1&clickId=${clickId}`)).status).toBe(400);
  });
});

describe('a click', () => {
  test('is shown as it is stored, in any case of its ID, with mail addresses masked', async () => {
    const { clickId } = await tracker.click({
      campaign: 'spring',
      subs: { sub1: 'ada@example.com' },
      parameters: { email: 'ada@example.com', gclid: 'g1' },
      reversalWaiting: true,
    });
    const { status, body, text } = await tracker.call('GET', `/clicks/${clickId.toUpperCase()}`);
    expect([status, body]).toMatchObject([
      200,
      { clickId, campaign: 'spring', parameters: { gclid: 'g1' }, test: false },
    ]);
    expect(text).not.toContain('ada@example.com');
    expect(body).not.toHaveProperty('reversalWaiting');
  });

  test.each([
    ['a click that was erased', 'erased', 404, 'was erased'],
    ['an ID that was never made here', '0'.repeat(32), 404, 'never made'],
    ['a text that is no click ID', 'abc', 400, '32 letters and digits'],
  ])('%s is not shown', async (_what, id, status, message) => {
    let clickId = id;
    if (id === 'erased') {
      ({ clickId } = await tracker.click());
      await tracker.call('DELETE', `/clicks/${clickId}`);
    }
    const reply = await tracker.call('GET', `/clicks/${clickId}`);
    expect([reply.status, reply.body['message']]).toStrictEqual([status, expect.stringContaining(message)]);
  });
});

test('a caller is shown who it is taken for, and the stage', async () => {
  const { status, body } = await tracker.call('GET', '/me');
  expect([status, body]).toStrictEqual([
    200,
    { caller: expect.any(String), stage: 'test', baseUrl: expect.stringMatching(/^https?:/) },
  ]);
});

test('the presets are shown with what to set and their tokens, all in one page', async () => {
  const { items, cursor } = await tracker.call('GET', '/presets');
  expect(cursor).toBeUndefined();
  expect(items.map(({ id }) => id)).toStrictEqual(presets.map(({ id }) => id));
  expect(items.find(({ id }) => id === 'voluum')).toMatchObject({
    name: 'Voluum',
    tokens: expect.any(Object),
    pasteInto: expect.any(String),
  });
  for (const item of items) expect(item).not.toHaveProperty('sources');
});

test('the templates of traffic sources are shown with what to set here and there, all in one page', async () => {
  const { items, cursor } = await tracker.call('GET', '/source-templates');
  expect(cursor).toBeUndefined();
  expect(items.map(({ id }) => id)).toStrictEqual(sourceTemplateIds);
  expect(items.find(({ id }) => id === 'propellerads')).toMatchObject({
    kind: 'network',
    link: { external_id: '${SUBID}' },
    account: [
      { name: 'aid', required: true },
      { name: 'tid', required: true },
      { name: 'goal', required: false },
    ],
    secrets: [],
    currencies: ['USD'],
  });
  expect(items.find(({ id }) => id === 'meta')).toMatchObject({
    clickParameter: 'fbclid',
    link: {},
    secrets: [{ name: 'token', required: true }],
  });
  expect(items.find(({ id }) => id === 'meta')).not.toHaveProperty('currencies');
});
