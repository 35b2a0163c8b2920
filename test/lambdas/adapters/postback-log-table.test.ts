import { randomBytes } from 'node:crypto';
import { postbackLogTable, type PostbackLogTable } from '../../../lambdas/adapters/postback-log-table';
import { mintRequestId } from '../../../lambdas/domain/identifiers/request-id';
import type { LogRow } from '../../../lambdas/domain/postback/log-row';
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
