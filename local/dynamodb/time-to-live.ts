import { isObject, listOf, objectOrEmpty, textOf } from '../json';
import type { TableModel } from '../template/model';
import type { DynamoDbClient } from './client';

/** DynamoDB deletes expired rows late, "within a few days": keep them for an hour, so that code meets expired rows. */
const lateBySeconds = 3600;
const sweepEveryMilliseconds = 60_000;
/** A sweep reads every row. It may use a tenth of the server's time while it runs, and a hundredth overall, whatever the number of rows. */
const shareWhileRunning = 0.1;
const shareOfAll = 0.01;
/** A page this small delays a write by some milliseconds at most. */
const rowsAtOnce = 500;

/** Deletes expired rows each minute, or less often in large tables: dynoxide stores time to live but does not act on it. */
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

/** Called after each page with the duration of the page. */
type Rest = (busyMilliseconds: number) => Promise<void>;
const noRest: Rest = () => Promise.resolve();

/** Deletes the rows that expired before `before` (Unix seconds). Returns their number. */
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
        // Keeps a row that was renewed since the scan.
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
