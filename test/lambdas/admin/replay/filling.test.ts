import { campaignDocument } from '../support/admin-stack';
import { startTracker, type Tracker } from '../support/tracker';

const open = { token: 'off', hmac: 'off', ip: 'off' };
const acme = { name: 'Acme', preset: 'generic', currency: 'USD', auth: open };
const mapped = { ...acme, parameters: { amount: ['commission'] } };

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

const replay = (filter: object, more: object = {}) =>
  tracker.replay({ filter: { since: new Date(Date.now() - 60_000).toISOString(), ...filter }, ...more });
const everything = async () => [await tracker.items('conversions'), await tracker.items('postbackLog')];
const usd = (before: string, after: string) => [{ before: { USD: before }, after: { USD: after } }];
const nothing = { outcomes: {}, changed: 0, notReplayable: 0, money: [] };

test('an amount that no parameter was mapped to is filled in: foreseen by a dry run, written once, shown in the log', async () => {
  const { clickId } = await tracker.click();
  const { requestId } = await tracker.postback({ clickid: clickId, txid: 'T1', commission: '12.50' });
  expect(await tracker.conversionsOf(clickId)).toMatchObject([{ status: 'approved', version: 1 }]);
  await tracker.put('integrations', 'acme', mapped);
  const before = await everything();

  const foreseen = await replay({ clickId }, { dryRun: true });
  expect(foreseen).toMatchObject({ outcomes: { OK: 1 }, changed: 1, money: usd('0', '12.5') });
  expect(await everything()).toStrictEqual(before);

  expect(await replay({ clickId })).toStrictEqual(foreseen);
  expect(await tracker.conversionsOf(clickId)).toMatchObject([
    { transactionId: 'T1', amount: '12.5', currency: 'USD', amountNamed: true, version: 2 },
  ]);
  const row = await tracker.rowOf(requestId);
  expect(row).toMatchObject({ result: 'recorded', reason: 'OK', conversion: { amount: '12.5' }, warnings: [] });
  expect(row).not.toHaveProperty('sealed');

  const after = await everything();
  expect(await replay({ clickId })).toMatchObject(nothing);
  expect(await everything()).toStrictEqual(after);
});

test('an amount that is filled in is of a postback that counted when it came: no second one is counted', async () => {
  const { clickId } = await tracker.click();
  await tracker.postback({ clickid: clickId, txid: 'T1', commission: '5' });
  await tracker.postback({ clickid: clickId, txid: 'T2', commission: '5', status: 'gold' });
  await tracker.put('integrations', 'acme', { ...mapped, statuses: { gold: 'approved' } });
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  const counted = () =>
    lines.splice(0).flatMap((line) => [...line.matchAll(/"PostbackRecorded":(\d+)/g)].map(([, count]) => count));

  expect(await replay({ clickId, warning: 'AMOUNT_UNREAD' })).toMatchObject({ changed: 1 });
  expect(counted()).toEqual([]);
  expect(await replay({ clickId, reason: 'STATUS_UNKNOWN' })).toMatchObject({ changed: 1 });
  expect(counted()).toEqual(['1']);
});

test('the filter by warning leaves what was rejected alone, and one by reason what was recorded', async () => {
  const { clickId } = await tracker.click();
  await tracker.postback({ clickid: clickId, txid: 'T1', commission: '3' });
  await tracker.postback({ clickid: clickId, txid: 'T2', commission: '4', status: 'gold' });
  await tracker.put('integrations', 'acme', { ...mapped, statuses: { gold: 'approved' } });

  expect(await replay({ clickId, warning: 'AMOUNT_UNREAD' })).toMatchObject({ changed: 1, money: usd('0', '3') });
  expect(await replay({ clickId, reason: 'STATUS_UNKNOWN' })).toMatchObject({ changed: 1, money: usd('0', '4') });
});

test('a payout that was set later fills in as well', async () => {
  const { clickId } = await tracker.click();
  await tracker.postback({ clickid: clickId, event: 'lead' });
  const payout = { payout: { amount: '2', currency: 'EUR' } };
  await tracker.put('campaigns', 'spring', { ...campaignDocument('acme'), ...payout });

  expect(await replay({ clickId })).toMatchObject({
    changed: 1,
    money: [{ before: { EUR: '0' }, after: { EUR: '2' } }],
  });
  expect(await replay({ clickId })).toMatchObject(nothing);
});

test('what still has no amount stays as it is, whatever others did to its conversion', async () => {
  const { clickId } = await tracker.click();
  const first = await tracker.postback({ clickid: clickId, txid: 'T1' });
  await tracker.postback({ clickid: clickId, txid: 'T1', amount: '5' });
  const before = await everything();

  expect(await replay({ clickId })).toMatchObject({ changed: 0, money: usd('5', '5') });
  expect(await everything()).toStrictEqual(before);
  expect((await tracker.rowOf(first.requestId)).warnings).toMatchObject([{ code: 'AMOUNT_MISSING' }]);
});

test('a mapping that reads no number keeps the conversion and its row, and says why', async () => {
  const { clickId } = await tracker.click();
  await tracker.postback({ clickid: clickId, txid: 'T1', commission: 'gold' });
  await tracker.put('integrations', 'acme', mapped);
  const before = await everything();

  expect(await replay({ clickId })).toMatchObject({ outcomes: { AMOUNT_INVALID: 1 }, changed: 0 });
  expect(await everything()).toStrictEqual(before);
});

test('a corrected mapping of event or transaction moves no conversion to another key', async () => {
  const { clickId } = await tracker.click();
  await tracker.postback({ clickid: clickId, ref: 'A1', commission: '7' });
  await tracker.put('integrations', 'acme', {
    ...acme,
    parameters: { amount: ['commission'], transactionId: ['ref'] },
  });

  await replay({ clickId });
  const conversions = await tracker.conversionsOf(clickId);
  expect(conversions.map(({ conversionKey, amount }) => [conversionKey, amount])).toStrictEqual([['conversion#', '7']]);
});

test('mail addresses as transaction IDs, which the log masks, are filled in each under its own key', async () => {
  const { clickId } = await tracker.click();
  const mails = ['ada@example.com', 'bob@example.com'];
  for (const txid of mails) await tracker.postback({ clickid: clickId, txid, commission: '1' });
  await tracker.put('integrations', 'acme', mapped);

  expect(await replay({ clickId })).toMatchObject({ changed: 2, money: usd('0', '2') });
  const conversions = await tracker.conversionsOf(clickId);
  expect(conversions.map(({ transactionId, amount }) => [transactionId, amount]).sort()).toStrictEqual(
    mails.map((mail) => [mail, '1']),
  );
});

test('conversions that count separately are filled in one by one', async () => {
  const separate = { duplicates: { default: 'separate' } };
  await tracker.put('integrations', 'acme', { ...acme, ...separate });
  const { clickId } = await tracker.click();
  for (const commission of ['1', '2', '4']) await tracker.postback({ clickid: clickId, event: 'rebill', commission });
  await tracker.put('integrations', 'acme', { ...mapped, ...separate });

  const foreseen = await replay({ clickId }, { dryRun: true });
  expect(foreseen).toMatchObject({ outcomes: { OK: 3 }, changed: 3, money: usd('0', '7') });
  expect(await replay({ clickId })).toStrictEqual(foreseen);
  const conversions = await tracker.conversionsOf(clickId);
  expect(conversions.map(({ amount }) => amount).sort()).toStrictEqual(['1', '2', '4']);
  expect(await replay({ clickId })).toMatchObject(nothing);
});

test('the retry of a sale without an amount adds nothing beside it', async () => {
  const { clickId } = await tracker.click();
  const sent = { clickid: clickId, txid: 'T1', commission: '12.50' };
  expect(await tracker.postback(sent)).toMatchObject({ reason: 'OK' });
  expect(await tracker.postback(sent)).toMatchObject({ reason: 'OK_DUPLICATE' });
  await tracker.put('integrations', 'acme', { ...mapped, duplicates: { default: 'increment' } });

  const foreseen = await replay({ clickId }, { dryRun: true });
  expect(foreseen).toMatchObject({ changed: 2, money: usd('0', '12.5') });
  expect(await replay({ clickId })).toStrictEqual(foreseen);
  expect(await tracker.conversionsOf(clickId)).toMatchObject([{ amount: '12.5' }]);
});

test('a test is filled in, and is no money', async () => {
  const { clickId } = await tracker.click({ test: true });
  await tracker.postback({ clickid: clickId, txid: 'T1', commission: '9' });
  await tracker.put('integrations', 'acme', mapped);

  expect(await replay({ clickId })).toMatchObject({ outcomes: { OK_TEST: 1 }, changed: 1, money: [] });
  expect(await tracker.conversionsOf(clickId)).toMatchObject([{ test: true, amount: '9' }]);
});

test('a sale and its reversal that were both rejected meet in one call, in a dry run as well', async () => {
  const { clickId } = await tracker.click();
  await tracker.postback({ clickid: clickId, txid: 'T1', amount: '1,5' });
  await tracker.postback({ clickid: clickId, txid: 'T1', amount: '1,5', status: 'reversed' });
  await tracker.put('integrations', 'acme', { ...acme, decimalComma: true });

  const foreseen = await replay({ clickId }, { dryRun: true });
  expect(await replay({ clickId })).toStrictEqual(foreseen);
  const payable = (await tracker.conversionsOf(clickId)).filter(({ status }) => status === 'approved');
  expect(payable).toStrictEqual([]);
});
