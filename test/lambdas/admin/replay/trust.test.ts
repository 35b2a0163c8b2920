import { currentCredential, firstKeys } from '../../../../lambdas/domain/trust/keys';
import { sealRequest } from '../../../../lambdas/domain/log/sealed-request';
import { seal } from '../../../../lambdas/domain/trust/seal';
import { campaignDocument } from '../support/admin-stack';
import { logRow, newRequestId } from '../support/log-rows';
import { master, requestOf, startTracker, type Tracker } from '../support/tracker';

const open = { token: 'off', hmac: 'off', ip: 'off' };
const acme = { name: 'Acme', preset: 'generic', currency: 'USD', auth: open };
const { token } = currentCredential(master, 'acme', firstKeys);

let tracker: Tracker;
beforeAll(async () => {
  tracker = await startTracker();
});
beforeEach(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await tracker.put('integrations', 'acme', acme);
  await tracker.put('campaigns', 'spring', campaignDocument('acme'));
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => tracker.stop());

const replay = (filter: object) =>
  tracker.replay({ filter: { since: new Date(Date.now() - 60_000).toISOString(), ...filter } });

test('who was not believed does not become money, whatever is mended since', async () => {
  const { clickId } = await tracker.click();
  await tracker.put('integrations', 'acme', { ...acme, auth: { ...open, token: 'required' } });
  const wrong = { clickid: clickId, amount: '1,5', token: 'wrong' };
  expect(await tracker.postback({ ...wrong, amount: '1' })).toMatchObject({ reason: 'AUTH_INVALID' });
  // Two amounts are rejected for their shape before anybody is asked who sent them.
  const { requestId } = await tracker.postback({ ...wrong, payout: '2' });
  expect(await tracker.rowOf(requestId)).toMatchObject({ reason: 'PARAMETER_CONFLICT' });
  expect(await tracker.rowOf(requestId)).not.toHaveProperty('authenticated');
  await tracker.put('integrations', 'acme', {
    ...acme,
    auth: { ...open, token: 'required' },
    parameters: { amount: ['payout'] },
  });

  expect((await replay({ clickId })).outcomes).toStrictEqual({ AUTH_INVALID: 1 });
  expect(await tracker.conversionsOf(clickId)).toStrictEqual([]);
});

test('who was believed stays believed: without its address, and after its key is retired', async () => {
  const { clickId } = await tracker.click();
  const strict = { ...acme, auth: { ...open, token: 'required', ip: 'required' }, ipAllowlist: ['203.0.113.7'] };
  await tracker.put('integrations', 'acme', strict);
  const { requestId } = await tracker.postback({ clickid: clickId, amount: '1', payout: '2', token });
  expect(await tracker.rowOf(requestId)).toMatchObject({ reason: 'PARAMETER_CONFLICT', authenticated: true });
  for (let at = 0; at < 2; at++) await tracker.call('POST', '/integrations/acme/keys');
  await tracker.put('integrations', 'acme', { ...strict, parameters: { amount: ['payout'] } });

  expect((await replay({ clickId })).outcomes).toStrictEqual({ OK: 1 });
});

test('a sender that one integration let pass is never taken for another: it stays with the one that the click was made under', async () => {
  const { clickId } = await tracker.click();
  const request = { path: '/postback', integration: undefined };
  const { requestId } = await tracker.postback({ clickid: clickId, amount: '1,5' }, request);
  expect(await tracker.rowOf(requestId)).toMatchObject({ integration: 'acme', letPass: true });
  const other = { ...acme, auth: { ...open, token: 'required' }, decimalComma: true };
  await tracker.put('integrations', 'other', other);
  await tracker.put('campaigns', 'spring', campaignDocument('other'));

  expect((await replay({ clickId })).outcomes).toStrictEqual({ AMOUNT_INVALID: 1 });
  expect(await tracker.rowOf(requestId)).toMatchObject({ integration: 'acme' });
});

test('a request too large to be kept, and one whose key is gone, are counted and left as they are', async () => {
  const { clickId } = await tracker.click();
  const headers = { 'content-type': 'application/json', 'user-agent': 'sender/1.0' };
  const body = Buffer.from(
    JSON.stringify({ clickid: clickId, amount: 'x', notes: Array.from({ length: 3 }, () => 'n'.repeat(4000)) }),
  );
  const { requestId } = await tracker.postback({}, { method: 'POST', rawQuery: '', body, headers });
  expect(await tracker.rowOf(requestId)).not.toHaveProperty('sealed');

  const another = { currentNumber: 9, current: 'of another master'.repeat(3) };
  const lost = newRequestId(Date.now());
  const sealed = seal('{}', another, { use: 'log-row', requestId: lost });
  await logRow(tracker.client, Date.now(), {
    requestId: lost,
    clickId,
    result: 'rejected',
    reason: 'AMOUNT_INVALID',
    sealed,
  });

  expect(await replay({ clickId })).toMatchObject({ outcomes: {}, notReplayable: 2 });
});

test('what a browser reported is replayed as a report, and never as what its sender let pass', async () => {
  await tracker.put('campaigns', 'spring', { ...campaignDocument('acme'), browser: { browserAmount: true } });
  const { clickId } = await tracker.click();
  const requestId = newRequestId(Date.now());
  const request = requestOf({ clickid: clickId, event: 'sale', amount: '9', status: 'approved' });
  const authenticated = { integration: 'acme', trust: 'browser', statement: 'a report' } as const;
  const sealed = sealRequest({ request, authenticated }, requestId, master);
  if (sealed === undefined) throw new Error('it is small');
  const rejected = { result: 'rejected', reason: 'CLICK_NOT_FOUND', browser: 'reported' } as const;
  await logRow(tracker.client, Date.now(), { requestId, clickId, ...rejected, sealed });

  expect((await replay({ clickId })).outcomes).toStrictEqual({ OK: 1 });
  const conversions = await tracker.conversionsOf(clickId);
  expect(conversions.map(({ status, amount, history }) => [status, amount, history[0]?.browser])).toStrictEqual([
    ['pending', '9', true],
  ]);
  expect(await tracker.rowOf(requestId)).toMatchObject({ browser: 'reported' });
});

test('the admin API never shows the sealed request', async () => {
  const { clickId } = await tracker.click();
  const { requestId } = await tracker.postback({ clickid: clickId, amount: 'x', txid: 'a@b.example' });
  expect(await tracker.rowOf(requestId)).toHaveProperty('sealed');

  const shown = [
    await tracker.call('GET', `/postbacks?clickId=${clickId}`),
    await tracker.call('GET', `/postbacks/${requestId}`),
  ];
  for (const { text } of shown) expect(text).toContain(requestId);
  for (const { text } of shown) expect(text).not.toMatch(/sealed|a@b\.example|a%40b/);
});
