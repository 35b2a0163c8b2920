import { PutItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem } from './item';

const callMilliseconds = 1000;
/** A rotation waits for days: the use of a key is written once an hour, not once a postback. */
const noteEveryMilliseconds = 3_600_000;

/** The use of an integration's key by a sender. */
export interface KeyUse {
  readonly integration: string;
  /** `k2` */
  readonly keyId: string;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

export interface KeyUseTable {
  /** Records a use, unless this execution environment recorded the same key within the last hour. */
  note(use: KeyUse, deadline: Deadline): Promise<void>;
}

export interface KeyUseReader {
  /** Returns the last use of each key that was ever used: ISO 8601, accurate to an hour. */
  lastUsed(integration: string, deadline: Deadline): Promise<ReadonlyMap<string, string>>;
}

/** In the log's table beside the hours, in rows that do not expire: one for each key of each integration. */
const partitionOf = (integration: string): string => `key-use#${integration}`;

export function keyUseTable(client: DynamoDBClient, tableName: string): KeyUseTable {
  const noted = new Map<string, number>();
  return {
    async note({ integration, keyId, usedAt }, deadline) {
      const key = `${integration}#${keyId}`;
      const before = noted.get(key);
      if (before !== undefined && usedAt < before + noteEveryMilliseconds) return;
      const command = new PutItemCommand({
        TableName: tableName,
        Item: toItem({
          [tableKey.postbackLog.partition]: partitionOf(integration),
          [tableKey.postbackLog.sort]: keyId,
          lastUsedAt: new Date(usedAt).toISOString(),
        }),
        // A queued postback may have been sent before the use that is recorded already.
        ConditionExpression: 'attribute_not_exists(lastUsedAt) OR lastUsedAt < :usedAt',
        ExpressionAttributeValues: { ':usedAt': { S: new Date(usedAt).toISOString() } },
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
      noted.set(key, usedAt);
    },
  };
}

const rowSchema = v.object({ [tableKey.postbackLog.sort]: v.string(), lastUsedAt: v.string() });

export function keyUseReader(client: DynamoDBClient, tableName: string): KeyUseReader {
  return {
    async lastUsed(integration, deadline) {
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': tableKey.postbackLog.partition },
        ExpressionAttributeValues: { ':partition': { S: partitionOf(integration) } },
        ConsistentRead: true,
        // Newest keys first: one page suffices, even after a thousand rotations.
        ScanIndexForward: false,
        Limit: 1000,
      });
      const { Items = [] } = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      return new Map(
        Items.map((item) => {
          const row = v.parse(rowSchema, unmarshall(item));
          return [row[tableKey.postbackLog.sort], row.lastUsedAt];
        }),
      );
    },
  };
}
