import { isObject, listOf, objectOrEmpty, textOf } from '../json';
import type { TableModel } from '../template/model';
import type { DynamoDbClient } from './client';

/** DynamoDB deletes expired rows late, "within a few days"; code must live with rows that are past, so keep them an hour. */
const lateBySeconds = 3600;
const sweepEveryMilliseconds = 60_000;
/** A sweep reads every row. Of the server's time it may have a tenth while it runs, and a hundredth all in all, however many rows there are. */
const shareWhileRunning = 0.1;
const shareOfAll = 0.01;
/** Few enough that a write waits some milliseconds at most. */
const rowsAtOnce = 500;

/** Deletes expired rows each minute, or less often where there are many: dynoxide records time to live but does not act on it. */
export function startTimeToLiveSweeper(
  client: DynamoDbClient,
  tables: readonly TableModel[],
  onProblem: (error: unknown) => void,
): { stop(): void } {
  let timer: NodeJS.Timeout;
  const later = (milliseconds: number): void => {
    timer = setTimeout(() => {
      let busy = 0;
      const rest = (took: number): Promise<void> => {
        busy += took;
        const pause = (took * (1 - shareWhileRunning)) / shareWhileRunning;
        return new Promise((resolve) => setTimeout(resolve, pause).unref());
      };
      deleteExpiredRows(client, tables, Math.floor(Date.now() / 1000) - lateBySeconds, rest)
        .catch(onProblem)
        .finally(() => later(Math.max(sweepEveryMilliseconds, busy / shareOfAll)));
    }, milliseconds);
    timer.unref();
  };
  later(sweepEveryMilliseconds);
  return { stop: () => clearTimeout(timer) };
}

/** What a sweep does after each page, told how long the page took. */
type Rest = (busyMilliseconds: number) => Promise<void>;
const noRest: Rest = () => Promise.resolve();

/** Deletes the rows whose time to live ended before `before` (Unix seconds). Returns how many. */
export async function deleteExpiredRows(
  client: DynamoDbClient,
  tables: readonly TableModel[],
  before: number,
  rest = noRest,
): Promise<number> {
  let deleted = 0;
  for (const table of tables) {
    if (table.timeToLiveAttribute === undefined) continue;
    deleted += await sweepTable(client, table, table.timeToLiveAttribute, before, rest);
  }
  return deleted;
}

async function sweepTable(
  client: DynamoDbClient,
  table: TableModel,
  attribute: string,
  before: number,
  rest: Rest,
): Promise<number> {
  const keyNames = listOf(table.definition['KeySchema']).map((key) => textOf(objectOrEmpty(key)['AttributeName']));
  const expired = {
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':before': { N: textOf(before) } },
  };
  let deleted = 0;
  let startKey: unknown;
  do {
    const began = performance.now();
    const page = await client.call('Scan', {
      TableName: table.name,
      Limit: rowsAtOnce,
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
    await rest(performance.now() - began);
  } while (startKey !== undefined);
  return deleted;
}
