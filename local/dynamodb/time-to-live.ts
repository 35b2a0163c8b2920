import { isObject, listOf, objectOrEmpty, textOf } from '../json';
import type { TableModel } from '../template/model';
import type { DynamoDbClient } from './client';

/** DynamoDB deletes expired rows late, "within a few days"; code must live with rows that are past, so keep them an hour. */
const lateBySeconds = 3600;
const sweepEveryMilliseconds = 60_000;

/** Deletes expired rows each minute: dynoxide records time to live but does not act on it. */
export function startTimeToLiveSweeper(
  client: DynamoDbClient,
  tables: readonly TableModel[],
  onProblem: (error: unknown) => void,
): { stop(): void } {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    sweep(client, tables, Math.floor(Date.now() / 1000) - lateBySeconds)
      .catch(onProblem)
      .finally(() => (running = false));
  }, sweepEveryMilliseconds);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Deletes the rows whose time to live ended before `before` (Unix seconds). Returns how many. */
export async function sweep(client: DynamoDbClient, tables: readonly TableModel[], before: number): Promise<number> {
  let deleted = 0;
  for (const table of tables) {
    if (table.timeToLiveAttribute === undefined) continue;
    deleted += await sweepTable(client, table, table.timeToLiveAttribute, before);
  }
  return deleted;
}

async function sweepTable(
  client: DynamoDbClient,
  table: TableModel,
  attribute: string,
  before: number,
): Promise<number> {
  const keyNames = listOf(table.definition['KeySchema']).map((key) => textOf(objectOrEmpty(key)['AttributeName']));
  const expired = {
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':before': { N: textOf(before) } },
  };
  let deleted = 0;
  let startKey: unknown;
  do {
    const page = await client.call('Scan', {
      TableName: table.name,
      FilterExpression: '#ttl < :before',
      ...expired,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    });
    for (const row of listOf(page['Items']).filter(isObject)) {
      const key = Object.fromEntries(keyNames.map((name) => [name, row[name]]));
      try {
        // A row renewed since the scan stays.
        await client.call('DeleteItem', {
          TableName: table.name,
          Key: key,
          ConditionExpression: '#ttl < :before',
          ...expired,
        });
        deleted += 1;
      } catch {
        continue;
      }
    }
    startKey = page['LastEvaluatedKey'];
  } while (startKey !== undefined);
  return deleted;
}
