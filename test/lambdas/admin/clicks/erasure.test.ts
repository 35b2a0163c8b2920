import { randomBytes } from 'node:crypto';
import { deliveriesTable } from '../../../../lambdas/adapters/deliveries-table';
import { environmentVariable } from '../../../../lambdas/contract';
import { deliveryIdOf } from '../../../../lambdas/domain/outbound/delivery-id';
import { tableNames } from '../../../storage/local-dynamodb';
import { writeClickMessage, writeLogMessage } from '../../../../lambdas/domain/queue/message';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import type { Click } from '../../../../lambdas/domain/click/click';
import { campaignDocument } from '../support/admin-stack';
import { clickOf, requestOf, startTracker, waitingPostback, type Tracker } from '../support/tracker';
import { writeRows } from '../support/log-meter';

const acme = { name: 'Acme', preset: 'generic', currency: 'USD', auth: { token: 'off', hmac: 'off', ip: 'off' } };

let tracker: Tracker;
beforeAll(async () => {
  tracker = await startTracker();
  await tracker.put('integrations', 'acme', acme);
  await tracker.put('campaigns', 'spring', campaignDocument('acme'));
});
afterAll(() => tracker.stop());

const planted = { source: 'planted-source', userAgent: 'planted-agent', externalId: 'planted-external' };
const plantedClick = (fields: Partial<Click> = {}) =>
  clickOf({
    ...planted,
    subs: { sub1: 'planted-sub' },
    ipPrefix: '198.51.100.0/24',
    unreplaced: ['planted-macro'],
    ...fields,
  });
const headers = { 'user-agent': 'planted-sender' };
const erase = (clickId: string) => tracker.call('DELETE', `/clicks/${clickId}`);

/** Everything in every table, as a text. */
async function everything(): Promise<string> {
  const tables = await Promise.all(
    (['clicks', 'conversions', 'postbackLog', 'deliveries'] as const).map((table) => tracker.items(table)),
  );
  return JSON.stringify(tables);
}

test('what is erased leaves no trace but the money, and the answer says what it was', async () => {
  const click = await tracker.click(plantedClick());
  const { clickId } = click;
  const sent = { clickid: clickId, amount: '2.50', sku: 'planted-sku' };
  await tracker.postback({ ...sent, txid: 'T1' }, { headers });
  await tracker.postback({ ...sent, txid: 'T1', status: 'rejected' }, { headers });
  await tracker.postback({ ...sent, txid: 'T2', test: '1' }, { headers });
  await tracker.postback({ ...sent, amount: 'planted-amount' }, { headers });
  // Neither is known to be about the click by its row's own field.
  await tracker.postback({ ...sent, click_id: clickOf().clickId }, { headers });
  const path = { path: '/postback/planned', integration: 'planned', headers };
  await tracker.postback({ ...sent, clickid: clickId.toUpperCase() }, path);
  const bystander = await tracker.click(clickOf({ source: 'other-source' }));
  await tracker.postback({ clickid: bystander.clickId, amount: '1', sku: 'other-sku' });
  expect(await everything()).toContain('planted');

  const { status, body } = await erase(clickId);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    clickId,
    click: 'erased',
    conversions: 2,
    logRows: 6,
    queued: 'dropped when they come',
    done: true,
  });

  const left = await everything();
  expect(left).not.toMatch(/planted|198\.51\.100/);
  expect(JSON.stringify(await tracker.items('postbackLog')).toLowerCase()).not.toContain(clickId);
  const rows = await tracker.items('postbackLog');
  for (const row of rows.filter(({ erased }) => erased?.BOOL)) expect(row).not.toHaveProperty('sealed');
  expect((await tracker.items('clicks')).find((item) => item['clickId']?.S === clickId)).toStrictEqual({
    clickId: { S: clickId },
    erased: { BOOL: true },
    expiresAt: { N: String(click.expiresAt) },
  });
  const conversions = await tracker.conversionsOf(clickId);
  const real = conversions.find(({ test: isTest }) => !isTest);
  expect(real).toMatchObject({ transactionId: 'T1', status: 'rejected', amount: '2.5', currency: 'USD' });
  expect(real?.history.map(({ deltas, statement }) => [deltas, statement])).toStrictEqual([
    [{ USD: '2.5' }, expect.stringMatching(/^~.{6}$/)],
    [{ USD: '-2.5' }, expect.stringMatching(/^~.{6}$/)],
  ]);
  expect(conversions).toContainEqual(expect.objectContaining({ transactionId: 'T2', test: true }));
  expect(left).toContain('other-sku');
  expect(left).toContain('other-source');
});

const encoded = (text: string): string =>
  Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
const mixedCase = (text: string): string =>
  Array.from(text, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter)).join('');

// The integration is not known, so that nobody reads the ID: the row's own field does not tell of it.
test.each<[string, (clickId: string) => string]>([
  ['percent-encoded letter by letter', encoded],
  ['encoded twice', (clickId) => encoded(clickId).replaceAll('%', '%25')],
  ['in both cases', mixedCase],
  ['with letters for its digits', (clickId) => clickId.replaceAll('0', 'o').replaceAll('1', 'l')],
  ['behind 4,096 characters', (clickId) => `x&txid=${'y'.repeat(5000)}&clickid=${clickId}`],
  ['encoded across the cut', (clickId) => `${'y'.repeat(4000)}&clickid=${encoded(clickId)}`],
])('a row that nobody could assign is found where the click ID came %s', async (_how, written) => {
  const { clickId } = await tracker.click(plantedClick());
  const rawQuery = `sku=planted-sku&clickid=${written(clickId)}`;
  const path = { path: '/postback/planned', integration: 'planned', headers };
  const { requestId, reason } = await tracker.postback({}, { ...path, rawQuery });
  expect(reason).toBe('INTEGRATION_UNKNOWN');
  expect(await tracker.rowOf(requestId)).not.toHaveProperty('clickId');
  const other = { ...path, headers: {}, rawQuery: `sku=other&clickid=${written(clickOf().clickId)}` };
  const bystander = await tracker.postback({}, other);

  expect((await erase(clickId)).body).toMatchObject({ logRows: 1, done: true });
  expect(await tracker.rowOf(requestId)).toMatchObject({ raw: '', erased: true });
  expect((await tracker.rowOf(bystander.requestId)).raw).toContain('sku=other');
  expect(await everything()).not.toContain('planted-sku');
});

test('a path that names the click is left without it', async () => {
  const { clickId } = await tracker.click(plantedClick());
  const sent = { path: `/postback/${clickId.toUpperCase()}`, integration: clickId.toUpperCase(), headers };
  const { requestId } = await tracker.postback({ amount: '1' }, sent);

  await erase(clickId);
  expect(await tracker.rowOf(requestId)).toMatchObject({ path: '/postback/***', erased: true });
  expect(JSON.stringify(await tracker.items('postbackLog')).toLowerCase()).not.toContain(clickId);
});

test('erasing twice changes nothing', async () => {
  const { clickId } = await tracker.click(plantedClick());
  await tracker.postback({ clickid: clickId, amount: '1' }, { headers });
  await erase(clickId);
  const before = [
    await tracker.items('clicks'),
    await tracker.items('conversions'),
    await tracker.items('postbackLog'),
  ];

  expect((await erase(clickId)).body).toMatchObject({ click: 'erased', conversions: 0, logRows: 0, done: true });
  const after = [await tracker.items('clicks'), await tracker.items('conversions'), await tracker.items('postbackLog')];
  expect(after).toStrictEqual(before);
});

test('what of it still waits in a queue is dropped when it comes: the postback, its row, the click itself', async () => {
  const click = await tracker.click(plantedClick());
  const { clickId } = click;
  const request = requestOf({ clickid: clickId, amount: '1', sku: 'planted-sku' }, { headers });
  const { requestId } = await tracker.postback({ clickid: clickId, amount: 'x', sku: 'planted-sku' }, { headers });
  const row = await tracker.rowOf(requestId);
  const late = { ...row, requestId: clickOf().clickId.slice(0, 24) };
  await erase(clickId);

  expect(await tracker.deliver(waitingPostback(request))).toMatchObject({
    action: 'done',
    fields: { result: 'rejected', reason: 'CLICK_NOT_FOUND' },
  });
  for (const queued of [row, late]) {
    expect(await tracker.deliver(writeLogMessage(queued))).toMatchObject({ action: 'done' });
  }
  expect(await tracker.deliver(writeClickMessage(click))).toMatchObject({ action: 'done' });
  expect(await tracker.conversionsOf(clickId)).toStrictEqual([]);
  expect(await everything()).not.toContain('planted');
  expect(JSON.stringify(await tracker.items('postbackLog'))).not.toContain(clickId);
});

test('a click whose row has not come is forgotten all the same', async () => {
  const click = plantedClick();
  const { clickId } = click;
  await tracker.postback({ clickid: clickId, amount: '1', sku: 'planted-sku' }, { headers });

  expect((await erase(clickId.toUpperCase())).body).toMatchObject({ clickId, click: 'absent', logRows: 1, done: true });
  await tracker.deliver(writeClickMessage(click));
  expect(await tracker.postback({ clickid: clickId, amount: '1' }, { headers })).toMatchObject({
    reason: 'CLICK_NOT_FOUND',
    httpStatus: 404,
  });
  expect(await everything()).not.toContain('planted');
});

test('a click of many rows is erased in stretches, and the cursor goes on to its making', async () => {
  const clickedAt = Date.now() - 3_600_000;
  const { clickId } = await tracker.click(plantedClick({ clickedAt }));
  const many = 450;
  await writeRows(tracker.client, many, clickedAt + 1000, 3_000_000, () => ({ clickId, raw: 'sku=planted-sku' }));

  let rows = 0;
  let calls = 0;
  let cursor: string | undefined;
  do {
    const reply = await tracker.call('DELETE', `/clicks/${clickId}${cursor === undefined ? '' : `?cursor=${cursor}`}`);
    expect(reply.body).toMatchObject({ click: 'erased', done: reply.cursor === undefined });
    rows += Number(reply.body['logRows']);
    calls += 1;
    cursor = reply.cursor;
  } while (cursor !== undefined);
  expect([rows, calls]).toStrictEqual([many, 3]);
  expect(await everything()).not.toContain('planted');
}, 60_000);

test('what no click ID can be is rejected, and so is one that was never made here', async () => {
  const malformed = await erase('abc');
  expect([malformed.status, malformed.body['error']]).toStrictEqual([400, 'ID_INVALID']);
  const forged = await erase(mintClickId({ number: 1, secret: Buffer.from('other') }, Date.now(), randomBytes(8)));
  expect([forged.status, forged.body['error']]).toStrictEqual([403, 'CLICK_ID_FORGED']);
  expect((await tracker.items('clicks')).filter(({ clickId }) => clickId?.S === forged.body['clickId'])).toStrictEqual(
    [],
  );
});

test('an ID that a master key of long ago signed is erased where something is stored under it', async () => {
  const clickId = mintClickId({ number: 1, secret: Buffer.from('long ago') }, Date.now(), randomBytes(8));
  await tracker.click(plantedClick({ clickId }));

  expect((await erase(clickId)).body).toMatchObject({ click: 'erased', done: true });
  expect(await everything()).not.toContain('planted');
});

test('what a traffic source was told and answered is erased, and that it was told stays', async () => {
  process.env[environmentVariable.deliveryQueueUrl] = 'http://127.0.0.1:9/queue';
  const postback = { id: 'main', when: 'first', url: 'https://news.example/?id={external_id}' };
  await tracker.call('PUT', '/sources/told', { body: { name: 'Told', postbacks: [postback] } });
  const { clickId } = await tracker.click(plantedClick({ source: 'told' }));
  await tracker.postback({ clickid: clickId, amount: '1', txid: 'D' });
  const [conversion] = await tracker.conversionsOf(clickId);
  if (conversion === undefined) throw new Error('nothing was recorded');
  const id = deliveryIdOf(conversion, 'told', 'main', '1');
  const table = deliveriesTable(tracker.client, tableNames.deliveries);
  const about = { clickId: conversion.clickId, conversionKey: conversion.conversionKey, conversionVersion: 1 };
  const told = {
    ...about,
    id,
    sourceId: 'told',
    postbackId: 'main',
    when: 'first',
    event: 'sale',
    status: 'approved',
  } as const;
  const noHurry = { remaining: () => 10_000 };
  const lease = { token: 'one', until: Date.now() + 60_000 };
  await table.plan({ ...told, state: 'due' }, Date.now(), noHurry);
  await table.claim(id, lease, Date.now(), noHurry);
  const request = { method: 'GET', url: 'https://news.example/?id=planted-external' } as const;
  const answer = { httpStatus: 200, text: 'OK planted-external' };
  await table.settle(id, lease, { state: 'delivered', attempts: 1, reason: 'ACCEPTED', request, answer }, noHurry);
  expect(await everything()).toContain('planted-external');

  expect((await erase(clickId)).status).toBe(200);

  expect(JSON.stringify(await tracker.items('deliveries'))).not.toContain('planted');
  expect(JSON.stringify(await tracker.items('deliveries'))).toContain('"delivered"');
});
