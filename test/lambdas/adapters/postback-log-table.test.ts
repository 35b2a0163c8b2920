import { randomBytes } from 'node:crypto';
import { postbackLogTable, putAsideInLog, type PostbackLogTable } from '../../../lambdas/adapters/postback-log-table';
import { mintRequestId } from '../../../lambdas/domain/values/request-id';
import type { LogRow } from '../../../lambdas/domain/log/log-row';
import { tableNames } from '../../storage/local-dynamodb';
import { noHurry, startStorage, type Storage } from './support/storage';

const now = Date.UTC(2026, 10, 23, 14);
let storage: Storage;
let log: PostbackLogTable;

beforeAll(async () => {
  storage = await startStorage();
  log = postbackLogTable(storage.client, tableNames.postbackLog);
});
afterAll(() => storage.stop());

function rowOf(attempts: number): LogRow {
  return {
    requestId: mintRequestId(now, randomBytes(9)),
    receivedAt: new Date(now).toISOString(),
    method: 'GET',
    path: '/postback',
    raw: '',
    result: 'recorded',
    reason: 'OK',
    httpStatus: 200,
    message: 'expected',
    warnings: [],
    attempts,
    expiresAt: 4_102_444_800,
  };
}
const verdictOn = (row: LogRow): LogRow => ({ ...row, result: 'duplicate', reason: 'OK_DUPLICATE', message: 'known' });
const stored = async ({ requestId }: LogRow) => (await storage.logRows()).filter((row) => row.requestId === requestId);

test('an expected row stands until its verdict is known', async () => {
  const row = rowOf(1);

  expect(await log.putExpected(row, noHurry)).toBe(true);
  await log.put(verdictOn(row), noHurry);
  expect(await stored(row)).toEqual([verdictOn(row)]);
});

test('an expected row that arrives after the verdict, however that came about, changes nothing and says so', async () => {
  const row = rowOf(1);
  await log.put(verdictOn(row), noHurry);

  expect(await log.putExpected(row, noHurry)).toBe(false);
  expect(await stored(row)).toEqual([verdictOn(row)]);
});

test('an expected row of a later attempt takes the place of what the earlier one left', async () => {
  const row = rowOf(1);
  await log.put(verdictOn(row), noHurry);

  expect(await log.putExpected({ ...row, attempts: 2 }, noHurry)).toBe(true);
  expect(await stored(row)).toEqual([{ ...row, attempts: 2 }]);
});

describe('a row that arrives late', () => {
  const waitsFor = (row: LogRow, attempts: number): LogRow => ({
    ...row,
    attempts,
    result: 'queued',
    reason: 'PENDING_RETRY',
    httpStatus: 202,
  });

  test('and says that its postback waits never replaces the verdict of a later attempt', async () => {
    const row = rowOf(2);
    await log.put(row, noHurry);

    await log.put(waitsFor(row, 1), noHurry);
    expect(await stored(row)).toEqual([row]);
  });

  test('with the verdict of an earlier attempt never replaces that of a later one', async () => {
    const row = rowOf(5);
    await log.put(row, noHurry);

    await log.put({ ...verdictOn(row), attempts: 4 }, noHurry);
    expect(await stored(row)).toEqual([row]);
  });

  test('of the same attempt replaces what was only guessed, also with the word that it waits', async () => {
    const row = rowOf(1);
    expect(await log.putExpected(row, noHurry)).toBe(true);

    await log.put(waitsFor(row, 1), noHurry);
    expect(await stored(row)).toEqual([waitsFor(row, 1)]);
  });

  test('with a verdict replaces the word that it waits, however often it was tried before', async () => {
    const row = rowOf(2);
    await log.put(waitsFor(row, 300), noHurry);

    await log.put(row, noHurry);
    expect(await stored(row)).toEqual([row]);
  });

  test.each(['put', 'putExpected', 'putAside'] as const)('never brings back what was erased (%s)', async (how) => {
    const row: LogRow = { ...rowOf(1), erased: true, message: 'Erased.' };
    await log.put(row, noHurry);

    const late: LogRow = { ...rowOf(9), requestId: row.requestId, raw: 'clickid=x' };
    if (how === 'putAside') await putAsideInLog(storage.client, tableNames.postbackLog, late, noHurry);
    else await log[how](late, noHurry);
    expect(await stored(row)).toEqual([row]);
  });
});

describe('the row of what was put aside', () => {
  const aside = (row: LogRow): LogRow => ({
    ...row,
    raw: '',
    result: 'error',
    reason: 'SYSTEM_ERROR',
    httpStatus: 503,
    message: 'Put aside.',
    attempts: 200,
  });
  const putAside = (row: LogRow) => putAsideInLog(storage.client, tableNames.postbackLog, row, noHurry);

  test('is written where none is', async () => {
    const row = aside(rowOf(1));
    await putAside(row);

    expect(await stored(row)).toEqual([row]);
  });

  test('keeps the request of the one that waits, sealed or not, and changes its verdict', async () => {
    const waiting: LogRow = {
      ...rowOf(1),
      result: 'queued',
      reason: 'PENDING_UNMATCHED',
      httpStatus: 202,
      raw: 'clickid=a',
      sealed: 'seal',
      campaign: 'spring',
    };
    await log.put(waiting, noHurry);
    await putAside(aside(waiting));

    const verdict = { result: 'error', reason: 'SYSTEM_ERROR', httpStatus: 503, message: 'Put aside.' };
    expect(await stored(waiting)).toEqual([{ ...waiting, ...verdict }]);
  });

  test('never replaces a verdict', async () => {
    const row = rowOf(1);
    await log.put(row, noHurry);
    await putAside(aside(row));

    expect(await stored(row)).toEqual([row]);
  });
});
