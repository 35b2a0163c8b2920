import { judge, type JudgementStores } from '../../../lambdas/judgement/judge';
import type { PostbackRequest } from '../../../lambdas/domain/text/postback-request';
import { acceptedCredentials, firstKeys } from '../../../lambdas/domain/trust/keys';
import { newClickId, sumOf } from '../adapters/support/claims';
import { campaignDocument, integrationDocument, putDocument } from '../adapters/support/documents';
import { master } from '../adapters/support/secret-server';
import { noHurry } from '../adapters/support/storage';
import { clickOf, requestOf, startWorld, submissionOf, type World } from '../adapters/support/world';

let world: World;
let stores: JudgementStores;

beforeAll(async () => {
  world = await startWorld({ configCacheSeconds: 60 });
  stores = world.newStores();
  await putDocument(world.storage, 'integration', 'other', integrationDocument);
  await putDocument(world.storage, 'integration', 'strict', { ...integrationDocument, auth: { token: 'required' } });
  await putDocument(world.storage, 'campaign', 'strict', { ...campaignDocument, integration: 'strict' });
});
afterEach(() => world.reset());
afterAll(() => world.stop());

const judged = (request: PostbackRequest, with_ = stores) => judge(submissionOf(request), with_, noHurry);
const rowOf = async (requestId: string) => (await world.storage.logRows()).find((row) => row.requestId === requestId);

describe('a postback', () => {
  test('is recorded, warm, in one read and two writes, the log row among them', async () => {
    const { clickId, clickedAt } = await world.click();
    await judged(requestOf({ clickid: clickId, amount: '1', txid: 'warm' }));
    world.storage.proxy.forget();

    const request = { ...requestOf({ clickid: clickId, amount: '12.50', txid: 'T1' }), receivedAt: clickedAt + 60_000 };
    const { verdict, logged } = await judged(request);

    expect(verdict).toMatchObject({ result: 'recorded', reason: 'OK', httpStatus: 200, warnings: [] });
    expect(verdict.conversion).toMatchObject({
      clickId,
      amount: '12.5',
      currency: 'USD',
      status: 'approved',
      version: 1,
    });
    expect(logged).toBe(true);
    const [first, ...writes] = world.storage.proxy.calls();
    expect([first, writes.toSorted()]).toEqual(['GetItem Clicks', ['PutItem Conversions', 'PutItem PostbackLog']]);
    expect(await rowOf(verdict.requestId)).toMatchObject({
      result: 'recorded',
      campaign: 'spring',
      integration: 'acme',
      clickId,
      attempts: 1,
      clickToPostbackSeconds: 60,
      ipPrefix: '203.0.113.0/24',
      conversion: { amount: '12.5' },
    });
  });

  test('leaves on its conversion what its click knew, without one read more', async () => {
    const { clickId, clickedAt, offer, subs, userAgent, ipPrefix, bot } = await world.click();
    world.storage.proxy.forget();

    await judged(requestOf({ clickid: clickId, amount: '1' }));

    const [conversion] = await world.storage.conversionsOf(clickId);
    expect(conversion?.click).toMatchObject({ clickedAt, offer, subs, bot });
    expect([conversion?.click?.userAgent, conversion?.click?.ipPrefix]).toEqual([userAgent, ipPrefix]);
    expect(world.storage.proxy.calls().filter((call) => call.startsWith('GetItem Clicks'))).toHaveLength(1);
  });

  test('that turns out a duplicate is told as such, and its log row waits to be put right', async () => {
    const { clickId } = await world.click();
    const request = requestOf({ clickid: clickId, amount: '1' });
    await judged(request);

    const { verdict, logged, row } = await judged(request);

    expect(verdict).toMatchObject({ result: 'duplicate', reason: 'OK_DUPLICATE' });
    expect([logged, row.reason]).toEqual([false, 'OK_DUPLICATE']);
    // The guess that was written beside the conversion says "recorded"; the caller writes `row` over it.
    expect(await rowOf(verdict.requestId)).toMatchObject({ reason: 'OK' });
  });

  test('whose log row is rejected stands all the same, and says that its row is missing', async () => {
    const { clickId } = await world.click();
    world.storage.proxy.break({ fault: 'throttle', table: 'PostbackLog' });

    expect(await judged(requestOf({ clickid: clickId, amount: '1' }))).toMatchObject({
      verdict: { result: 'recorded' },
      logged: false,
    });
  });

  test.each(['Config', 'Clicks', 'Conversions'])(
    'throws where %s does not take part: nothing is promised',
    async (table) => {
      const { clickId } = await world.click();
      world.storage.proxy.break({ fault: 'error', table });

      await expect(judged(requestOf({ clickid: clickId, amount: '1' }), world.newStores())).rejects.toThrow(
        'the table is broken',
      );
      expect(await world.storage.conversionsOf(clickId)).toEqual([]);
    },
  );

  test('whose answer from the table was lost is recorded, once', async () => {
    const { clickId } = await world.click();
    world.storage.proxy.break({ fault: 'lose-answer', table: 'Conversions', times: 1 });

    expect(await judged(requestOf({ clickid: clickId, amount: '2' }))).toMatchObject({
      verdict: { result: 'recorded' },
    });
    expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('2');
  });

  test('that is one of 16 at once is recorded by exactly one of them', async () => {
    const { clickId } = await world.click();
    const request = requestOf({ clickid: clickId, amount: '2', txid: 'race' });

    const all = await Promise.all(Array.from({ length: 16 }, () => judged(request)));

    expect(all.filter(({ verdict }) => verdict.result === 'recorded')).toHaveLength(1);
    expect(all.filter(({ verdict }) => verdict.result === 'duplicate')).toHaveLength(15);
    expect(sumOf(await world.storage.conversionsOf(clickId))).toBe('2');
  });

  test('of a genuine click whose row is not there is pending, not rejected', async () => {
    expect(await judged(requestOf({ clickid: newClickId(), amount: '1' }))).toMatchObject({
      verdict: { result: 'queued', reason: 'PENDING_UNMATCHED', httpStatus: 202 },
      logged: false,
    });
  });

  test('of a click whose row is past its time is as one without a row', async () => {
    const { clickId } = await world.click({ expiresAt: Math.floor(Date.now() / 1000) - 1 });

    expect(await judged(requestOf({ clickid: clickId }))).toMatchObject({ verdict: { reason: 'PENDING_UNMATCHED' } });
  });

  test('of a campaign that was deleted since counts for the integration that the click names', async () => {
    const { clickId } = await world.click({ campaign: 'deleted' });

    expect(await judged(requestOf({ clickid: clickId, amount: '1' }))).toMatchObject({
      verdict: { result: 'recorded' },
      facts: { integrationId: 'acme' },
    });
  });

  test('marked as a test, by itself or by its click, is recorded as one', async () => {
    const [byPostback, byClick] = await Promise.all([world.click(), world.click({ test: true })]);

    for (const request of [
      requestOf({ clickid: byPostback.clickId, amount: '1', test: '1' }),
      requestOf({ clickid: byClick.clickId, amount: '1' }),
    ]) {
      expect(await judged(request)).toMatchObject({ verdict: { result: 'test', reason: 'OK_TEST' } });
    }
    expect((await world.storage.conversionsOf(byClick.clickId)).map((one) => one.test)).toEqual([true]);
  });
});

describe('a dry run', () => {
  test('says what the real one would get, and writes nothing at all', async () => {
    const { clickId } = await world.click();
    await judged(requestOf({ clickid: clickId, amount: '1', txid: 'warm' }));
    const foreseen = async (fields: Record<string, string>) => {
      const { verdict } = await judged(requestOf({ clickid: clickId, ...fields, dry_run: '1' }));
      expect(verdict).toMatchObject({ result: 'dry_run', httpStatus: 200 });
      return verdict.reason;
    };
    world.storage.proxy.forget();

    expect(await foreseen({ amount: '1' })).toBe('OK');
    expect(await foreseen({ amount: '1', txid: 'warm' })).toBe('OK_DUPLICATE');
    expect(await foreseen({ amount: '2', txid: 'warm' })).toBe('CONFLICTING_DUPLICATE');
    expect(await foreseen({ amount: 'x' })).toBe('AMOUNT_INVALID');
    expect(await foreseen({ clickid: newClickId() })).toBe('PENDING_UNMATCHED');
    expect(world.storage.proxy.calls().filter((call) => !/^(?:GetItem|Query)/.test(call))).toEqual([]);
    expect(await world.storage.conversionsOf(clickId)).toHaveLength(1);
  });
});

describe('what cannot be genuine costs no table operation', () => {
  const id = newClickId();
  const forged = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;

  test.each([
    ['a forged click ID', { clickid: forged }, 'CLICK_ID_FORGED'],
    [
      'an ID of another deployment',
      { clickid: newClickId(Date.now(), { ...master, current: 'b'.repeat(40) }) },
      'CLICK_ID_FORGED',
    ],
    ['a click ID that is too short', { clickid: 'abc' }, 'CLICK_ID_MALFORMED'],
    ['no click ID', { amount: '1' }, 'CLICK_ID_MISSING'],
    ['a macro that nobody replaced', { clickid: '{clickid}' }, 'MACRO_UNREPLACED'],
    ['two click IDs', { clickid: id, subid: newClickId() }, 'PARAMETER_CONFLICT'],
  ])('%s', async (_what, parameters, reason) => {
    expect(await judged(requestOf(parameters as Record<string, string>))).toMatchObject({ verdict: { reason } });
    expect(world.storage.proxy.calls()).toEqual([]);
  });

  test('a body that is too large', async () => {
    const request = requestOf({}, { method: 'POST', body: Buffer.alloc(300 * 1024, 'x') });

    expect(await judged(request)).toMatchObject({ verdict: { reason: 'TOO_LARGE', httpStatus: 413 } });
    expect(world.storage.proxy.calls()).toEqual([]);
  });

  test('a wrong token where the path names an integration that is in memory', async () => {
    const { clickId } = await world.click({ campaign: 'strict', integration: 'strict' });
    const withToken = (token: string) =>
      requestOf({ clickid: clickId, token }, { path: '/postback/strict', integration: 'strict' });
    const [credential] = acceptedCredentials(master, 'strict', firstKeys);
    expect(await judged(withToken(credential?.token ?? ''))).toMatchObject({ verdict: { result: 'recorded' } });
    world.storage.proxy.forget();

    expect(await judged(withToken('wrong'))).toMatchObject({ verdict: { reason: 'AUTH_INVALID' } });
    expect(world.storage.proxy.calls()).toEqual([]);
  });
});

test.each([
  ['row is past its time', { expiresAt: 1 }, ['GetItem Clicks', 'Query Conversions']],
  ['row was never written', undefined, ['GetItem Clicks', 'Query Conversions']],
])('a stranger that names a click again whose %s costs no read', async (_what, row, reads) => {
  const clickedAt = Date.now() - 400 * 86_400_000;
  const clickId = row === undefined ? newClickId(clickedAt) : (await world.click({ clickedAt, ...row })).clickId;
  const verdicts = [];
  for (const at of [1, 2, 3]) verdicts.push((await judged(requestOf({ clickid: clickId, txid: `T${at}` }))).verdict);

  expect(verdicts.map(({ reason }) => reason)).toEqual(['CLICK_NOT_FOUND', 'CLICK_NOT_FOUND', 'CLICK_NOT_FOUND']);
  expect(world.storage.proxy.calls()).toEqual(reads);
});

describe('an integration', () => {
  test('that does not exist is named', async () => {
    const request = requestOf({ clickid: newClickId() }, { path: '/postback/nobody', integration: 'nobody' });

    expect((await judged(request)).verdict).toMatchObject({ reason: 'INTEGRATION_UNKNOWN', httpStatus: 404 });
  });

  test('cannot convert the click of another', async () => {
    const { clickId } = await world.click();
    const request = requestOf({ clickid: clickId }, { path: '/postback/other', integration: 'other' });

    expect((await judged(request)).verdict).toMatchObject({ reason: 'INTEGRATION_MISMATCH', httpStatus: 403 });
    expect(await world.storage.conversionsOf(clickId)).toEqual([]);
  });

  test('that the click names is authenticated where the path names none', async () => {
    const { clickId } = await world.click({ campaign: 'strict', integration: 'strict' });

    expect((await judged(requestOf({ clickid: clickId }))).verdict).toMatchObject({ reason: 'AUTH_MISSING' });
    expect(await world.storage.conversionsOf(clickId)).toEqual([]);
  });
});

test('a master that cannot be had fails closed: nothing is judged without the key', async () => {
  world.secrets.secret = undefined;

  await expect(judged(requestOf({ clickid: clickOf().clickId }), world.newStores())).rejects.toThrow(
    'the secret store is broken',
  );
  expect(world.storage.proxy.calls()).toEqual([]);
});

test('a log row masks secrets and addresses in query, body, path and message', async () => {
  const { clickId } = await world.click();
  const request = requestOf(
    { clickid: clickId, amount: 'x', token: 'tell-no-one', email: 'jo@example.com', ip: '198.51.100.23' },
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer tell-no-one' },
      body: Buffer.from('{"signature":"tell-no-one","note":"jo@example.com"}'),
    },
  );

  const { row } = await judged(request);
  expect(JSON.stringify(row)).not.toMatch(/tell-no-one|jo@example|198\.51\.100\.23|203\.0\.113\.7/);
  expect(row.raw).toContain('token=***');
});

test('a sale that is written while its reversal marks the click is reversed all the same', async () => {
  const { clickId } = await world.click();
  const sale = requestOf({ clickid: clickId, event: 'sale', txid: 'race', amount: '9' });
  const reversalMarks: JudgementStores['reversalMarks'] = {
    async mark(id, deadline) {
      // The sale read the click before: it does not look for reversals.
      await judged(sale);
      await stores.reversalMarks.mark(id, deadline);
    },
  };

  const { verdict } = await judged(requestOf({ clickid: clickId, event: 'refund', txid: 'race' }), {
    ...stores,
    reversalMarks,
  });

  expect(verdict).toMatchObject({ reason: 'OK_UPDATED', conversion: { event: 'sale', status: 'reversed' } });
  expect(verdict.warnings.map(({ code }) => code)).not.toContain('REVERSAL_WITHOUT_SALE');
});
