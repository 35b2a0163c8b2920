import { messageOf, StartupFailure } from '../failure';
import { type JsonObject, listOf, objectOrEmpty, textOf } from '../json';
import type { TableModel } from '../template/model';
import { type DynamoDbClient, DynamoDbError } from './client';

/** Creates missing tables and sets time to live. Existing tables keep their data. */
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
  } else if (keys(existing['KeySchema']) !== keys(table.definition['KeySchema'])) {
    throw new StartupFailure(
      `The table ${table.logicalId} has other keys in the template than in the data folder: AWS would replace it and lose its rows; use a fresh data folder with --data DIR.`,
    );
  } else {
    await ensureStream(client, table, existing['StreamSpecification']);
  }
  await ensureTimeToLive(client, table);
  return existing === undefined;
}

async function describe(client: DynamoDbClient, name: string): Promise<JsonObject | undefined> {
  try {
    const answer = await client.call('DescribeTable', { TableName: name });
    return objectOrEmpty(answer['Table']);
  } catch (error) {
    if (error instanceof DynamoDbError && error.type === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** CloudFormation also disables a stream before it changes its view type: DynamoDB changes no enabled one. */
async function ensureStream(
  client: DynamoDbClient,
  { name, definition }: TableModel,
  existing: unknown,
): Promise<void> {
  const wanted = objectOrEmpty(definition['StreamSpecification'])['StreamViewType'];
  const { StreamEnabled: enabled, StreamViewType: viewType } = objectOrEmpty(existing);
  const has = enabled === true ? viewType : undefined;
  if (has === wanted) return;
  const change = (specification: JsonObject): Promise<JsonObject> =>
    client.call('UpdateTable', { TableName: name, StreamSpecification: specification });
  if (has !== undefined) await change({ StreamEnabled: false });
  if (wanted !== undefined) await change({ StreamEnabled: true, StreamViewType: wanted });
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
