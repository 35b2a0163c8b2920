import { messageOf, StartupFailure } from '../failure';
import { listOf, objectOrEmpty, textOf } from '../json';
import type { TableModel } from '../template/model';
import { type DynamoDbClient, DynamoDbError } from './client';

/** Creates what is missing and sets time to live. Data of tables that exist already stays as it is. */
export async function ensureTables(client: DynamoDbClient, tables: readonly TableModel[]): Promise<number> {
  let created = 0;
  for (const table of tables) {
    try {
      if (await ensureTable(client, table)) created += 1;
    } catch (error) {
      if (error instanceof StartupFailure) throw error;
      throw new StartupFailure(`The table ${table.logicalId} could not be created: ${messageOf(error)}.`);
    }
  }
  return created;
}

async function ensureTable(client: DynamoDbClient, table: TableModel): Promise<boolean> {
  const existing = await describe(client, table.name);
  if (existing === undefined) {
    await client.call('CreateTable', { TableName: table.name, ...table.definition });
  } else if (keys(existing) !== keys(table.definition['KeySchema'])) {
    throw new StartupFailure(
      `The table ${table.logicalId} has other keys in the template than in the data folder: AWS would replace it and lose its rows; use a fresh data folder with --data DIR.`,
    );
  }
  await ensureTimeToLive(client, table);
  return existing === undefined;
}

async function describe(client: DynamoDbClient, name: string): Promise<unknown> {
  try {
    const answer = await client.call('DescribeTable', { TableName: name });
    return objectOrEmpty(answer['Table'])['KeySchema'];
  } catch (error) {
    if (error instanceof DynamoDbError && error.type === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function ensureTimeToLive(client: DynamoDbClient, table: TableModel): Promise<void> {
  if (table.timeToLiveAttribute === undefined) return;
  const described = await client.call('DescribeTimeToLive', { TableName: table.name });
  const { TimeToLiveStatus: status } = objectOrEmpty(described['TimeToLiveDescription']);
  if (status === 'ENABLED' || status === 'ENABLING') return;
  await client.call('UpdateTimeToLive', {
    TableName: table.name,
    TimeToLiveSpecification: { Enabled: true, AttributeName: table.timeToLiveAttribute },
  });
}

function keys(schema: unknown): string {
  const pairs = listOf(schema).map((entry) => {
    const { AttributeName, KeyType } = objectOrEmpty(entry);
    return `${textOf(KeyType)}=${textOf(AttributeName)}`;
  });
  return pairs.sort().join();
}
