import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../../../lambdas/adapters/dynamodb';
import { readConversion } from '../../../../lambdas/adapters/conversion-item';
import { readLogRow } from '../../../../lambdas/adapters/postback-log-table';
import { tableKey } from '../../../../lambdas/contract';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import {
  createTables,
  startLocalDynamoDb,
  tableNames,
  type TableName,
  useEndpoint,
} from '../../../storage/local-dynamodb';
import type { Deadline } from '../../../../lambdas/adapters/deadline';
import { startWireProxy, type WireProxy } from './wire-proxy';

/** A real DynamoDB server with our tables, and a proxy before it that can break what our own client asks. */
export interface Storage {
  readonly proxy: WireProxy;
  /** Our functions' client; it goes through the proxy. */
  readonly client: DynamoDBClient;
  /** Reads past the proxy, everything there is. */
  items(table: TableName): Promise<readonly Record<string, AttributeValue>[]>;
  conversionsOf(clickId: string): Promise<readonly Conversion[]>;
  conversionItemsOf(clickId: string): Promise<readonly Record<string, AttributeValue>[]>;
  logRows(): Promise<readonly LogRow[]>;
  /** Deletes every row of a table, past the proxy. */
  clear(table: 'facts' | 'visitorKeys' | 'deliveries'): Promise<void>;
  /** Writes past the proxy. */
  readonly direct: DynamoDBClient;
  stop(): Promise<void>;
}

export async function startStorage(): Promise<Storage> {
  const database = await startLocalDynamoDb();
  // It learns the address of the server with its first call, and keeps it.
  const direct = dynamoDbClient();
  await createTables(direct);
  const proxy = await startWireProxy(database.endpoint);
  useEndpoint(proxy.endpoint);
  const client = dynamoDbClient();
  const items = async (table: TableName) => {
    const answer = await direct.send(new ScanCommand({ TableName: tableNames[table], ConsistentRead: true }));
    if (answer.LastEvaluatedKey !== undefined) throw new Error('more than a test should write');
    return answer.Items ?? [];
  };
  const conversionItemsOf = async (clickId: string) => {
    const command = new QueryCommand({
      TableName: tableNames.conversions,
      KeyConditionExpression: 'clickId = :clickId',
      ExpressionAttributeValues: { ':clickId': { S: clickId } },
      ConsistentRead: true,
    });
    return (await direct.send(command)).Items ?? [];
  };
  return {
    proxy,
    client,
    direct,
    items,
    conversionItemsOf,
    conversionsOf: async (clickId) => (await conversionItemsOf(clickId)).map(readConversion),
    logRows: async () => (await items('postbackLog')).filter((item) => item['requestId'] !== undefined).map(readLogRow),
    async clear(table) {
      const names: readonly string[] = Object.entries(tableKey[table]).flatMap(([name, attribute]) =>
        name === 'timeToLive' ? [] : [attribute],
      );
      for (const item of await items(table)) {
        const Key = Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
        await direct.send(new DeleteItemCommand({ TableName: tableNames[table], Key }));
      }
    },
    async stop() {
      client.destroy();
      direct.destroy();
      await proxy.stop();
      await database.stop();
    },
  };
}

/** Plenty of time in all; each call gives up at its own limit, as it does for a sender who waits. */
export const withinLimits: Deadline = { remaining: () => 60_000 };

/** Plenty of time, also for each call. */
export const noHurry: Deadline = { remaining: () => 60_000, unhurried: true };
