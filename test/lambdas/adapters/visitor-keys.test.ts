import { dropVisitorKeys, visitorKeys } from '../../../lambdas/adapters/visitor-keys';
import { capturedLines, type CapturedLines } from './support/captured-lines';
import { noHurry, startStorage, type Storage } from './support/storage';

const day = 24 * 60 * 60 * 1000;
const noon = Date.parse('2026-11-23T12:00:00Z');

let storage: Storage;
let lines: CapturedLines;
beforeAll(async () => (storage = await startStorage()));
beforeEach(() => (lines = capturedLines()));
afterEach(async () => {
  lines.end();
  storage.proxy.heal();
  await storage.clear('visitorKeys');
});
afterAll(() => storage.stop());

const environment = () => visitorKeys(storage.client, 'VisitorKeys');

test('environments that start together on a new day have one key', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => environment().keyAt(noon, noHurry)));

  expect(new Set(keys.map((key) => key?.toString())).size).toBe(1);
  expect(keys[0]).toHaveLength(32);
});

test('another day has another key', async () => {
  const keys = environment();

  expect(await keys.keyAt(noon, noHurry)).not.toEqual(await keys.keyAt(noon + day, noHurry));
});

test('a key is read once a day', async () => {
  const keys = environment();
  await keys.keyAt(noon, noHurry);
  const calls = storage.proxy.calls().length;

  await keys.keyAt(noon + 1000, noHurry);

  expect(storage.proxy.calls()).toHaveLength(calls);
});

test('a key that cannot be had stops nobody, and is asked for again a minute later', async () => {
  const keys = environment();
  storage.proxy.break({ fault: 'throttle', table: 'VisitorKeys' });
  expect(await keys.keyAt(noon, noHurry)).toBeUndefined();
  storage.proxy.heal();

  expect(await keys.keyAt(noon + 1000, noHurry)).toBeUndefined();
  expect(await keys.keyAt(noon + 60_000, noHurry)).toHaveLength(32);
});

test('keys are deleted at the second midnight after their day began, and not before', async () => {
  for (const at of [noon - 2 * day, noon - day, noon]) await environment().keyAt(at, noHurry);

  expect(await dropVisitorKeys(storage.client, 'VisitorKeys', noon, noHurry)).toBe(1);
  expect((await storage.items('visitorKeys')).map((item) => item['day']?.S).sort()).toEqual([
    '2026-11-22',
    '2026-11-23',
  ]);
});
