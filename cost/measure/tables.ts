import { DynamoDBClient, GetItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { deliveryIndex, tableKey } from '../../lambdas/contract';
import { accessKeyOf } from '../../local/wire/directory';
import { itemOverheadBytes } from '../assumptions';
import { itemBytes } from './item-bytes';
import type { RunningStack } from './running-stack';

const shards = 16;
const hourMilliseconds = 3_600_000;
const daySeconds = 86_400;

/** Sizes of what lies in the tables, read with the rights of the admin function. */
export interface Tables {
  clickBytes(clickId: string): Promise<number>;
  conversionBytes(clickId: string): Promise<number>;
  /** Bytes of all rows that were written since an hour ago at the earliest. */
  logBytes(): Promise<number>;
  /** Bytes of the row of a delivery with its entry in the index by source. */
  deliveryBytes(id: string): Promise<number>;
  /** Days that what was read was to be kept, by table. */
  daysKept(): Readonly<Record<string, number>>;
}

export function measuredTables(stack: RunningStack): Tables {
  const client = new DynamoDBClient({
    endpoint: stack.gatewayUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: accessKeyOf(stack.logicalIdOf('FunctionsAdmin')), secretAccessKey: 'local' },
  });
  const kept: Record<string, number> = {};
  const measure = (table: string, items: readonly Record<string, AttributeValue>[], attribute?: string): number => {
    for (const item of items) {
      const end = attribute === undefined ? undefined : item[attribute]?.N;
      if (end !== undefined) kept[table] = Math.round((Number(end) - Date.now() / 1000) / daySeconds);
    }
    return items.reduce((sum, item) => sum + itemBytes(item), 0);
  };
  const rowsWith = async (table: string, name: string, value: string): Promise<Record<string, AttributeValue>[]> => {
    const items: Record<string, AttributeValue>[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const answer = await client.send(
        new QueryCommand({
          TableName: stack.tableName(table),
          KeyConditionExpression: '#key = :value',
          ExpressionAttributeNames: { '#key': name },
          ExpressionAttributeValues: { ':value': { S: value } },
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      items.push(...(answer.Items ?? []));
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return items;
  };
  return {
    async clickBytes(clickId) {
      const { Item: item } = await client.send(
        new GetItemCommand({
          TableName: stack.tableName('TablesClicks'),
          Key: { [tableKey.clicks.partition]: { S: clickId } },
        }),
      );
      if (item === undefined) throw new Error(`the click ${clickId} is not in its table`);
      return measure('TablesClicks', [item], tableKey.clicks.timeToLive);
    },
    conversionBytes: async (clickId) =>
      measure('TablesConversions', await rowsWith('TablesConversions', tableKey.conversions.partition, clickId)),
    async logBytes() {
      const now = Date.now();
      const hours = [now - hourMilliseconds, now].map((time) => new Date(time).toISOString().slice(0, 13));
      const keys = hours.flatMap((hour) =>
        Array.from({ length: shards }, (_, shard) => `${hour}#${String(shard).padStart(2, '0')}`),
      );
      const { partition, timeToLive } = tableKey.postbackLog;
      const rows = await Promise.all(keys.map((key) => rowsWith('TablesPostbackLog', partition, key)));
      return measure('TablesPostbackLog', rows.flat(), timeToLive);
    },
    async deliveryBytes(id) {
      const { partition, sort } = tableKey.deliveries;
      const rows = await rowsWith('OutboundTable', partition, id.slice(0, 16));
      const row = rows.find((one) => one[sort]?.S === id.slice(16));
      if (row === undefined) throw new Error(`the delivery ${id} is not in its table`);
      const { bySource } = deliveryIndex;
      const keys: readonly string[] = [partition, sort, bySource.partition, bySource.sort];
      const entry = Object.fromEntries(Object.entries(row).filter(([name]) => keys.includes(name)));
      return itemBytes(row) + itemBytes(entry) + itemOverheadBytes;
    },
    daysKept: () => kept,
  };
}
