import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateTableCommand, type DynamoDBClient, type KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { deliveryIndex, environmentVariable, tableKey } from '../../lambdas/contract';
import { obtainDynoxide } from '../../local/dynamodb/binary';
import { freePort } from '../../local/free-port';

/**
 * A real DynamoDB-compatible server for tests: in memory, on loopback, one for each test file that asks for it.
 *
 *     let database: LocalDynamoDb;
 *     beforeAll(async () => {
 *       database = await startLocalDynamoDb();
 *       await createTables(new DynamoDBClient());
 *     });
 *     afterAll(() => database.stop());
 */
export interface LocalDynamoDb {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The names under which `createTables` makes the tables, and that the functions' environment then holds. */
export const tableNames = {
  config: 'Config',
  clicks: 'Clicks',
  conversions: 'Conversions',
  postbackLog: 'PostbackLog',
  facts: 'Facts',
  visitorKeys: 'VisitorKeys',
  deliveries: 'Deliveries',
} as const;

export type TableName = keyof typeof tableNames;

const startMilliseconds = 10_000;
const stopMilliseconds = 2000;

/**
 * Starts the server and points this process's AWS SDK at it: clients made from now on need no settings.
 * Throws, naming the package to install, where there is no binary for this platform.
 */
export async function startLocalDynamoDb(): Promise<LocalDynamoDb> {
  const binary = await obtainDynoxide((line) => process.stderr.write(`${line}\n`));
  const port = await freePort();
  const child = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {},
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
  child.once('error', (error) => (complaint = error.message));
  // A test run that ends without its afterAll leaves no server behind.
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', killWithUs);
    await end(child);
  };
  const endpoint = `http://127.0.0.1:${port}`;
  if (!(await answers(endpoint, child))) {
    await stop();
    throw new Error(`${binary} did not start: ${complaint.trim() || 'it said nothing'}`);
  }
  useEndpoint(endpoint);
  return { endpoint, stop };
}

/** Points clients of this process that are made from now on at a server. */
export function useEndpoint(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
  });
}

/**
 * Makes the tables with the keys of the contract and sets the environment variables that name them.
 * A suffix gives a test tables of its own on a server that it shares.
 */
export async function createTables(client: DynamoDBClient, suffix = ''): Promise<void> {
  const names: Record<TableName, string> = {
    config: tableNames.config + suffix,
    clicks: tableNames.clicks + suffix,
    conversions: tableNames.conversions + suffix,
    postbackLog: tableNames.postbackLog + suffix,
    facts: tableNames.facts + suffix,
    visitorKeys: tableNames.visitorKeys + suffix,
    deliveries: tableNames.deliveries + suffix,
  };
  await create(client, names.config, tableKey.config.partition, tableKey.config.sort);
  await create(client, names.clicks, tableKey.clicks.partition);
  await create(client, names.conversions, tableKey.conversions.partition, tableKey.conversions.sort);
  await create(client, names.postbackLog, tableKey.postbackLog.partition, tableKey.postbackLog.sort);
  await create(client, names.facts, tableKey.facts.partition, tableKey.facts.sort);
  await create(client, names.visitorKeys, tableKey.visitorKeys.partition);
  await createDeliveries(client, names.deliveries);
  process.env[environmentVariable.configTable] = names.config;
  process.env[environmentVariable.clicksTable] = names.clicks;
  process.env[environmentVariable.conversionsTable] = names.conversions;
  process.env[environmentVariable.postbackLogTable] = names.postbackLog;
  process.env[environmentVariable.factsTable] = names.facts;
  process.env[environmentVariable.visitorKeysTable] = names.visitorKeys;
  process.env[environmentVariable.deliveriesTable] = names.deliveries;
}

async function create(client: DynamoDBClient, name: string, partition: string, sort?: string): Promise<void> {
  const keys = sort === undefined ? [partition] : [partition, sort];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
      KeySchema: keys.map((key) => ({ AttributeName: key, KeyType: key === partition ? 'HASH' : 'RANGE' })),
    }),
  );
}

/** The one table with indexes. */
async function createDeliveries(client: DynamoDBClient, name: string): Promise<void> {
  const { partition, sort } = tableKey.deliveries;
  const indexes = Object.values(deliveryIndex);
  const texts = [partition, sort, ...indexes.map((index) => index.partition), deliveryIndex.bySource.sort];
  const schemaOf = (hash: string, range: string): KeySchemaElement[] => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        ...texts.map((text) => ({ AttributeName: text, AttributeType: 'S' as const })),
        { AttributeName: deliveryIndex.due.sort, AttributeType: 'N' },
      ],
      KeySchema: schemaOf(partition, sort),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: schemaOf(index.partition, index.sort),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
}

/** The server is there once it answers anything at all over HTTP. */
async function answers(endpoint: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
      return true;
    } catch {
      await delay(10);
    }
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds);
  await exited;
  clearTimeout(impatient);
}
