import { setTimeout as delay } from 'node:timers/promises';
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isExpired } from '../domain/click/click';
import { logKeyOf } from '../domain/values/request-id';
import type { LogRow } from '../domain/log/log-row';
import { abortSignal, type Deadline } from './deadline';
import { toItem, type Item } from './item';
import { readLogRow } from './postback-log-table';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;
/** The limit of DynamoDB per call. */
const keysPerCall = 100;
/** Maximum consecutive calls without a new row. */
const fruitlessCalls = 6;
const firstWaitMilliseconds = 50;

/** Reads many rows of the log by their request IDs; missing and expired ones are absent. */
export async function readLogRows(
  client: DynamoDBClient,
  tableName: string,
  requestIds: readonly string[],
  now: number,
  deadline: Deadline,
): Promise<ReadonlyMap<string, LogRow>> {
  const keys = requestIds.flatMap((requestId) => {
    const key = logKeyOf(requestId);
    return key === undefined ? [] : [toItem(key)];
  });
  const calls = Array.from({ length: Math.ceil(keys.length / keysPerCall) }, (_, call) =>
    storageCall('reading rows of the postback log', () =>
      readAll(client, tableName, keys.slice(call * keysPerCall, (call + 1) * keysPerCall), deadline),
    ),
  );
  const rows = (await Promise.all(calls)).flat().map(readLogRow);
  return new Map(rows.filter((row) => !isExpired(row, now)).map((row) => [row.requestId, row]));
}

/** DynamoDB returns unprocessed keys under load or above its size limit: they are requested again, with growing pauses. */
async function readAll(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
  deadline: Deadline,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let missing = [...keys];
  let fruitless = 0;
  while (missing.length > 0) {
    const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: missing, ConsistentRead: true } } });
    const answer = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    items.push(...(answer.Responses?.[tableName] ?? []));
    const unprocessed = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    fruitless = unprocessed.length < missing.length ? 0 : fruitless + 1;
    if (fruitless === fruitlessCalls)
      throw new Error(`${unprocessed.length} of ${keys.length} keys were not processed`);
    missing = unprocessed;
    if (missing.length > 0) await delay(firstWaitMilliseconds * 2 ** fruitless * (0.5 + Math.random()));
  }
  return items;
}
