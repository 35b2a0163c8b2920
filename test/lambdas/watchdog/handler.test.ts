import type * as handlerModule from '../../../lambdas/watchdog/handler';
import { environmentVariable } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { hourAfter } from '../../../lambdas/domain/watch/hour';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { startStorage, type Storage } from '../adapters/support/storage';
import { fivePast, lastHour, watchWorld, type WatchWorld } from './watch-world';

type Handler = typeof handlerModule;
let storage: Storage;
let world: WatchWorld;
let lines: CapturedLines;
let handle: Handler['handler'];

beforeAll(async () => {
  storage = await startStorage();
  process.env[environmentVariable.stage] = 'test';
  process.env[environmentVariable.postbackLogRetentionDays] = '90';
});
beforeEach(async () => {
  world = await watchWorld(storage);
  // The tables are new, and the handler reads their names when it is loaded.
  jest.resetModules();
  handle = jest.requireActual<Handler>('../../../lambdas/watchdog/handler').handler;
  lines = capturedLines();
});
afterEach(() => {
  lines.end();
  storage.proxy.heal();
});
afterAll(() => storage.stop());

const enoughTime = { getRemainingTimeInMillis: () => 900_000 };
/** What EventBridge sends five minutes after an hour. */
const eventAfter = (hour: string) => ({ time: new Date(fivePast(hour)).toISOString().replace('.000', '') });

test('a run tells the number of silent integrations, and a line names each', async () => {
  await world.knownSender('acme', hourAfter(lastHour, -2));
  await world.knownSender('other', hourAfter(lastHour, -2));

  await handle(eventAfter(lastHour), enoughTime);

  expect(lines.counts()).toEqual({ [metric.silentIntegrations]: 2 });
  expect(
    lines.records.slice(0, 2).map(({ level, integration, silentHours }) => [level, integration, silentHours]),
  ).toEqual([
    ['WARN', 'acme', 2],
    ['WARN', 'other', 2],
  ]);
  expect(lines.records[2]).toMatchObject({ hours: 2, expected: 2, neverHeard: 0 });
});

test('a run counts an integration whose amounts are not read, and a line names it, however many others are read', async () => {
  const unread = { warnings: [{ code: 'AMOUNT_UNREAD' as const, message: 'it may be in "commission"' }] };
  await world.knownSender('acme', hourAfter(lastHour, -1));
  await world.knownSender('small', hourAfter(lastHour, -1));
  await world.sends('acme', lastHour, 200);
  await world.sends('small', lastHour, 4, unread);
  await world.sends('small', lastHour, 15);
  await world.sends('small', lastHour, 3, { ...unread, result: 'duplicate', reason: 'OK_DUPLICATE' });

  await handle(eventAfter(lastHour), enoughTime);

  expect(lines.counts()).toEqual({ [metric.silentIntegrations]: 1 });
  expect(lines.records[0]).toMatchObject({
    level: 'WARN',
    what: 'small: of 19 postbacks recorded in the last 1 h, 4 hold an amount that was not read',
    integration: 'small',
    unreadSince: `${lastHour}:00Z`,
  });
  lines.clear();
  await handle(eventAfter(lastHour), enoughTime);
  expect(lines.counts()).toEqual({ [metric.silentIntegrations]: 1 });
});

test('a run without anything to tell counts nothing, and logs that it ended', async () => {
  await handle({}, enoughTime);

  expect(lines.counts()).toEqual({});
  expect(lines.records).toEqual([expect.objectContaining({ silent: 0 })]);
});

test('a second run in the same hour tells the same', async () => {
  await world.knownSender('acme', hourAfter(lastHour, -2));
  await handle(eventAfter(lastHour), enoughTime);
  lines.clear();
  await handle(eventAfter(lastHour), enoughTime);

  expect(lines.counts()).toEqual({ [metric.silentIntegrations]: 1 });
});

test('an event that comes late is about its own hour', async () => {
  await world.knownSender('acme', hourAfter(lastHour, -3));
  await world.sends('acme', hourAfter(lastHour, -1), 20);
  await handle(eventAfter(hourAfter(lastHour, -2)), enoughTime);

  expect(lines.records[0]).toMatchObject({ hours: 1 });
});

test('a run that storage fails throws and tells no number', async () => {
  await world.knownSender('acme', hourAfter(lastHour, -2));
  storage.proxy.break({ fault: 'error', operation: 'PutItem' });

  await expect(handle(eventAfter(lastHour), enoughTime)).rejects.toThrow('the table is broken');
  expect(lines.records).toEqual([]);
});

test('a run that has no time left fails, so that Lambda runs it again at once, and tells what it left', async () => {
  await world.knownSender('acme', hourAfter(lastHour, -2));
  const run = handle(eventAfter(lastHour), { getRemainingTimeInMillis: () => 60_000 });
  await expect(run).rejects.toThrow('there was no time for 2 more hours');

  expect(lines.counts()).toEqual({});
  expect(lines.records).toEqual([
    expect.objectContaining({ level: 'WARN', what: expect.stringMatching(/^there was no time for 2 more hours/) }),
  ]);
});

test('the end of a silence that is forgotten is told', async () => {
  await world.knownSender('acme', hourAfter(lastHour, -1), 169);
  await handle(eventAfter(lastHour), enoughTime);

  expect(lines.counts()).toEqual({});
  expect(lines.records[0]).toMatchObject({ level: 'WARN', what: expect.stringMatching(/^acme was silent for a week/) });
});

test('what is no event of a schedule is rejected', async () => {
  await expect(handle({ time: 'yesterday' }, enoughTime)).rejects.toThrow('time');
});
