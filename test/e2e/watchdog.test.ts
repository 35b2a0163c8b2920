import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { postbackLogTable } from '../../lambdas/adapters/postback-log-table';
import { watchTable } from '../../lambdas/adapters/watch-table';
import { hourOf, mintRequestId } from '../../lambdas/domain/values/request-id';
import { hourAfter, type Hour } from '../../lambdas/domain/watch/hour';
import { accessKeyOf } from '../../local/wire/directory';
import { live } from '../lambdas/domain/watch/senders';
import { synthesized } from './assembly';
import { clientOf } from './client';
import { changedAssembly } from './grants';
import { resourcesOf } from './insider';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

const rule = 'WatchdogSchedule';
const last: Hour = hourAfter(hourOf(Date.now()), -1);
const before = (hours: number): Hour => hourAfter(last, -hours);
/** When the run is due that counts an hour. */
const runAfter = (hour: Hour): string => `${hourAfter(hour)}:05:00Z`;

let assembly: string;
let stack: LocalStack;
/** One that will stop, and one that goes on. */
let stopping: string;
let steady: string;

beforeAll(async () => {
  assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly });
  const client = clientOf(stack);
  stopping = await client.campaign();
  steady = await client.campaign();
  for (const integration of [stopping, steady]) await knowSince(integration, before(4));
});
afterAll(() => stack.remove());

/** The log table, under the watchdog's own permissions. */
async function logTable(): Promise<{ readonly client: DynamoDBClient; readonly name: string }> {
  const { queues, tables } = await stack.health();
  const logicalId = Object.keys(resourcesOf(assembly)).find((id) => /^FunctionsWatchdog[0-9A-F]{8}$/.test(id)) ?? '';
  const client = new DynamoDBClient({
    endpoint: new URL(queues[0]?.url ?? '').origin,
    region: 'us-east-1',
    credentials: { accessKeyId: accessKeyOf(logicalId), secretAccessKey: 'local' },
  });
  return { client, name: tables.find(({ table }) => table.endsWith('PostbackLog'))?.name ?? '' };
}

const noHurry = { remaining: () => 5000 };

/** As if the watchdog had seen twenty postbacks of it in each hour of three weeks, up to an hour. */
async function knowSince(integration: string, until: Hour): Promise<void> {
  const { client, name } = await logTable();
  const { watch } = live(() => 20, 504, hourAfter(until, -503));
  if (watch === undefined) throw new Error('it has sent');
  await watchTable(client, name).keep({ ...watch, integration }, noHurry);
  await watchTable(client, name).keepCounted(until, noHurry);
}

/** Twenty postbacks of an hour that is over: their rows, as the postback function would have written them. */
async function hasSent(integration: string, hour: Hour): Promise<void> {
  const { client, name } = await logTable();
  const log = postbackLogTable(client, name);
  const receivedAt = Date.parse(`${hour}:30:00Z`);
  const fields = {
    receivedAt: new Date(receivedAt).toISOString(),
    method: 'GET',
    path: `/postback/${integration}`,
    raw: '',
    integration,
    result: 'recorded',
    reason: 'OK',
    httpStatus: 200,
    message: 'Recorded.',
    warnings: [],
    attempts: 1,
    expiresAt: Math.floor(Date.now() / 1000) + 86_400,
  } as const;
  for (let row = 0; row < 20; row++) {
    await log.put({ requestId: mintRequestId(receivedAt, randomBytes(9)), ...fields }, noHurry);
  }
}

/** The lines that the function printed; the stack writes them to disk before it answers with its metrics. */
async function linesOf(): Promise<readonly Record<string, unknown>[]> {
  await stack.metrics();
  return readFileSync(join(stack.dataFolder, 'logs', 'FunctionsWatchdog.log'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Record<string, unknown> => JSON.parse(line));
}

/** What each run that ended reported: how many integrations are silent. */
const told = async (): Promise<readonly unknown[]> =>
  (await linesOf()).flatMap(({ silent }) => (silent === undefined ? [] : [silent]));

const warnings = async (): Promise<readonly Record<string, unknown>[]> =>
  (await linesOf()).filter(({ level }) => level === 'WARN');

test('the stack serves the schedule by the clock', async () => {
  const { schedules } = (await clientOf(stack).call('/_local/schedules')).body;

  expect(schedules).toContainEqual({
    schedule: rule,
    name: expect.stringContaining(rule),
    expression: 'cron(5 * * * ? *)',
    nextAt: expect.stringMatching(/T\d\d:05:00\.000Z$/),
  });
});

test('an integration that stops is named and counted; when it is back the count is 0', async () => {
  for (const hour of [before(3), before(2), before(1), last]) await hasSent(steady, hour);

  await stack.runSchedule(rule, runAfter(before(3)));
  expect(await told()).toEqual([0]);

  await stack.runSchedule(rule, runAfter(before(1)));
  expect(await told()).toEqual([0, 1]);
  expect(await warnings()).toEqual([
    expect.objectContaining({
      what: `${stopping}: 0 postbacks in the last 3 h, usually 60 at this time of the week`,
      integration: stopping,
      lastSeenAt: `${before(4)}:00Z`,
    }),
  ]);

  await hasSent(stopping, last);
  await stack.runSchedule(rule, runAfter(last));
  expect(await told()).toEqual([0, 1, 0]);
  expect(await warnings()).toHaveLength(1);
});

test('a run that storage fails tells no number, and its hour is counted by the next', async () => {
  const numbers = await told();
  await stack.break({ kind: 'error500', table: 'TablesPostbackLog', function: 'FunctionsWatchdog' });

  await expect(stack.runSchedule(rule)).rejects.toThrow('StorageFailure');
  expect(await told()).toEqual(numbers);

  await stack.heal();
  await stack.runSchedule(rule);
  expect(await told()).toEqual([...numbers, 0]);
});

test('without the permission of its role the schedule runs nothing and says so', async () => {
  const withoutPermission = changedAssembly(assembly, (resources) => {
    for (const [id, { Type }] of Object.entries(resources)) {
      if (Type === 'AWS::IAM::Policy' && id.startsWith('WatchdogScheduleRole')) delete resources[id];
    }
  });
  const other = await startLocalStack({ assembly: withoutPermission });

  await expect(other.runSchedule(rule)).rejects.toThrow('may not do lambda:InvokeFunction on FunctionsWatchdog');
  expect(other.output()).toContain(`The schedule ${rule} runs nothing`);
  await other.remove();
});
