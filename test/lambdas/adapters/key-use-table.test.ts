import { keyUseReader, keyUseTable, type KeyUse, type KeyUseReader } from '../../../lambdas/adapters/key-use-table';
import { tableNames } from '../../storage/local-dynamodb';
import { noHurry, startStorage, type Storage } from './support/storage';

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 23, 12);
let storage: Storage;
let reader: KeyUseReader;

beforeAll(async () => {
  storage = await startStorage();
  reader = keyUseReader(storage.direct, tableNames.postbackLog);
});
afterAll(() => storage.stop());
beforeEach(() => {
  storage.proxy.heal();
  storage.proxy.forget();
});

const environment = () => keyUseTable(storage.client, tableNames.postbackLog);
const useOf = (integration: string, usedAt: number, keyId = 'k1'): KeyUse => ({ integration, keyId, usedAt });
const writes = () => storage.proxy.calls().length;

test('each key of an integration has its own last use', async () => {
  const table = environment();
  await table.note(useOf('acme', noon), noHurry);
  await table.note(useOf('acme', noon + 5, 'k2'), noHurry);
  await table.note(useOf('other', noon + 9), noHurry);

  expect(Object.fromEntries(await reader.lastUsed('acme', noHurry))).toEqual({
    k1: '2026-11-23T12:00:00.000Z',
    k2: '2026-11-23T12:00:00.005Z',
  });
  expect((await reader.lastUsed('unused', noHurry)).size).toBe(0);
});

test('an environment writes once an hour, however many postbacks come', async () => {
  const table = environment();
  for (let second = 0; second < 3600; second += 60) await table.note(useOf('busy', noon + second * 1000), noHurry);
  expect(writes()).toBe(1);

  await table.note(useOf('busy', noon + hour), noHurry);
  expect(writes()).toBe(2);
  expect((await reader.lastUsed('busy', noHurry)).get('k1')).toBe('2026-11-23T13:00:00.000Z');
});

test('a postback that waited in the queue does not turn the time back', async () => {
  await environment().note(useOf('late', noon + hour), noHurry);
  await environment().note(useOf('late', noon), noHurry);

  expect((await reader.lastUsed('late', noHurry)).get('k1')).toBe('2026-11-23T13:00:00.000Z');
});

test('a use that could not be recorded is recorded with the next postback', async () => {
  const table = environment();
  storage.proxy.break({ fault: 'error', operation: 'PutItem' });
  await expect(table.note(useOf('unlucky', noon), noHurry)).rejects.toThrow('the table is broken');
  storage.proxy.heal();
  await table.note(useOf('unlucky', noon + 1000), noHurry);

  expect((await reader.lastUsed('unlucky', noHurry)).get('k1')).toBe('2026-11-23T12:00:01.000Z');
});
