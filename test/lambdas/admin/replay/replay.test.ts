import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { writeLogRow } from '../../../../lambdas/adapters/postback-log-table';
import { tableNames } from '../../../storage/local-dynamodb';
import { currentCredential, firstKeys } from '../../../../lambdas/domain/trust/keys';
import { campaignDocument } from '../support/admin-stack';
import { clickOf, master, requestOf, startTracker, waitingPostback, type Tracker } from '../support/tracker';

const day = 86_400_000;
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

/** Of the last minutes, unless a time is said: an hour of the log has sixteen parts to read. */
const replay = (filter: object, more: object = {}) =>
  tracker.replay({ filter: { since: new Date(Date.now() - 60_000).toISOString(), ...filter }, ...more });
const everything = async () => [await tracker.items('conversions'), await tracker.items('postbackLog')];

test('a wrong mapping, once mended, loses nothing: a dry run counts, a replay records each once, a second changes nothing', async () => {
  const { clickId } = await tracker.click();
  await tracker.put('integrations', 'acme', { ...acme, parameters: { amount: ['value'] }, statuses: {} });
  const orders = Array.from({ length: 21 }, (_, at) => `ada+${at}@example.com`);
  for (const order of orders) {
    // The mapping takes a field for the amount that holds words.
    const sent = { clickid: clickId, txid: order, value: 'gold', payout: '2.50' };
    expect(await tracker.postback(sent)).toMatchObject({ reason: 'AMOUNT_INVALID' });
  }
  await tracker.put('integrations', 'acme', acme);
  const before = await everything();

  const foreseen = await replay({ clickId }, { dryRun: true, limit: 8 });
  expect(foreseen).toStrictEqual({
    calls: 3,
    outcomes: { OK: 21 },
    changed: 21,
    notReplayable: 0,
    money: ['20', '20', '12.5'].map((amount) => ({ before: { USD: '0' }, after: { USD: amount } })),
  });
  expect(await everything()).toStrictEqual(before);

  expect(await replay({ clickId }, { limit: 8 })).toStrictEqual(foreseen);
  const conversions = await tracker.conversionsOf(clickId);
  expect(conversions.map(({ transactionId }) => transactionId).sort()).toStrictEqual([...orders].sort());
  expect(new Set(conversions.map(({ amount, version }) => `${amount} ${version}`))).toStrictEqual(new Set(['2.5 1']));

  const after = await everything();
  expect(await replay({ clickId })).toStrictEqual({ calls: 1, outcomes: {}, changed: 0, notReplayable: 0, money: [] });
  expect(await everything()).toStrictEqual(after);
});

test('the row of a replayed request has the new verdict, one attempt more, and what was known of its sender', async () => {
  const { clickId } = await tracker.click();
  await tracker.put('integrations', 'acme', { ...acme, auth: { ...open, token: 'required' } });
  const { requestId } = await tracker.postback({ clickid: clickId, status: 'gold', amount: '3', token });
  const before = await tracker.rowOf(requestId);
  expect(before).toMatchObject({ reason: 'STATUS_UNKNOWN', attempts: 1, authenticated: true });
  await tracker.put('integrations', 'acme', { ...acme, statuses: { gold: 'approved' } });

  await replay({ clickId });
  const { sealed, ...row } = await tracker.rowOf(requestId);
  expect(sealed).toBeUndefined();
  expect(row).toMatchObject({ result: 'recorded', reason: 'OK', attempts: 2, conversion: { amount: '3' } });
  const { ipPrefix, keyId, expiresAt, receivedAt, raw } = before;
  expect(row).toMatchObject({ ipPrefix: '203.0.113.0/24', keyId: 'k1' });
  expect(row).toMatchObject({ ipPrefix, keyId, expiresAt, receivedAt, raw });
});

test('the time of receipt is the one that counts for the window, however late the replay', async () => {
  const clickedAt = Date.now() - 100 * day;
  const { clickId } = await tracker.click({ clickedAt });
  const inTime = { receivedAt: clickedAt + 80 * day };
  await tracker.postback({ clickid: clickId, amount: '1,5', txid: 'in time' }, inTime);
  const late = { receivedAt: clickedAt + 95 * day };
  await tracker.postback({ clickid: clickId, amount: '1,5', txid: 'late' }, late);
  await tracker.put('integrations', 'acme', { ...acme, decimalComma: true });

  const of = ({ receivedAt }: { receivedAt: number }) => {
    const moment = new Date(receivedAt).toISOString();
    return { clickId, since: moment, until: moment };
  };
  expect((await replay(of(inTime))).outcomes).toStrictEqual({ OK: 1 });
  expect((await replay(of(late))).outcomes).toStrictEqual({ CLICK_EXPIRED: 1 });
  const [conversion] = await tracker.conversionsOf(clickId);
  expect(conversion).toMatchObject({ transactionId: 'in time', amount: '1.5', recordedAt: inTime.receivedAt });
});

test('a click that came later than its postback’s hour is found by a replay', async () => {
  const click = clickOf({ clickedAt: Date.now() - 3 * 3_600_000 });
  const { clickId } = click;
  const receivedAt = click.clickedAt + 1000;
  const body = waitingPostback(requestOf({ clickid: clickId, amount: '1' }, { receivedAt }), {
    reason: 'PENDING_UNMATCHED',
    unmatchedSince: receivedAt,
  });
  expect(await tracker.deliver(body)).toMatchObject({ fields: { reason: 'CLICK_NOT_FOUND' } });
  const filter = { clickId, since: new Date(receivedAt).toISOString(), until: new Date(receivedAt).toISOString() };
  expect(await replay(filter)).toMatchObject({ outcomes: { CLICK_NOT_FOUND: 1 }, changed: 0 });
  await tracker.click(click);

  expect(await replay(filter)).toMatchObject({ outcomes: { OK: 1 }, changed: 1 });
});

test('what waits in the queue within its hour is left to the queue, and told', async () => {
  const { clickId } = clickOf();
  const { requestId } = await tracker.postback({ clickid: clickId, amount: '1' });
  const before = await tracker.rowOf(requestId);
  expect(before).toMatchObject({ result: 'queued', reason: 'PENDING_UNMATCHED' });

  expect(await replay({ clickId })).toMatchObject({ outcomes: { PENDING_UNMATCHED: 1 }, changed: 0 });
  expect(await tracker.rowOf(requestId)).toStrictEqual(before);
});

test('what was recorded, a duplicate, a test or a dry run is not replayed, and its row holds no request', async () => {
  const { clickId } = await tracker.click();
  const sent = { clickid: clickId, amount: '1', txid: 'T1' };
  const verdicts = [
    await tracker.postback(sent),
    await tracker.postback(sent),
    await tracker.postback({ ...sent, test: '1' }),
    await tracker.postback({ ...sent, txid: 'T2', amount: 'x', dry_run: '1' }),
  ];
  expect(verdicts.map(({ result }) => result)).toStrictEqual(['recorded', 'duplicate', 'test', 'dry_run']);
  for (const { requestId } of verdicts) expect(await tracker.rowOf(requestId)).not.toHaveProperty('sealed');
  expect(await replay({ clickId })).toMatchObject({ outcomes: {}, notReplayable: 0 });
});

test('a replay that was cut off between the conversion and its row is the same replay when it is sent again', async () => {
  const { clickId } = await tracker.click();
  const { requestId } = await tracker.postback({ clickid: clickId, amount: '1,5', txid: 'T1' });
  const before = await tracker.rowOf(requestId);
  await tracker.put('integrations', 'acme', { ...acme, decimalComma: true, duplicates: { default: 'separate' } });
  await replay({ clickId });
  await tracker.client.send(new PutItemCommand({ TableName: tableNames.postbackLog, Item: writeLogRow(before) }));

  expect(await replay({ clickId })).toMatchObject({ outcomes: { OK: 1 }, changed: 1 });
  expect(await tracker.conversionsOf(clickId)).toMatchObject([{ amount: '1.5', version: 1 }]);
});

test.each([
  [{ filter: { reason: 'AUTH_INVALID' } }, 'filter.reason'],
  [{ filter: { reason: 'OK' } }, 'filter.reason'],
  [{ filter: { result: 'recorded' } }, 'filter.result'],
  [{ filter: { colour: 'red' } }, 'filter.colour'],
  [{ filter: { warning: 'TOO_FAST' } }, 'filter.warning'],
  [{ filter: { since: 'yesterday' } }, 'filter.since'],
  [{ filter: { since: '2026-02-30' } }, 'filter.since'],
  [{ filter: [] }, 'filter'],
  [{ limit: 0 }, 'limit'],
  [{ dryRun: 'yes' }, 'dryRun'],
  [{ cursor: 'x' }, 'cursor'],
])('the order %j is rejected, and %s named', async (body, path) => {
  const refused = await tracker.call('POST', '/postbacks/replay', { body });
  expect([refused.status, refused.body['error']]).toStrictEqual([400, 'BODY_INVALID']);
  expect(refused.body['problems']).toMatchObject([{ path }]);
});
