import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { healthy, type SourceHealth } from '../domain/outbound/breaker';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
const rowName = 'health';

/** The health of a source, with the revision of its row. */
export interface KnownHealth {
  readonly health: SourceHealth;
  /** 0 where there is no row. */
  readonly revision: number;
}

export interface SourceHealthTable {
  of(sourceId: string, deadline: Deadline): Promise<KnownHealth>;
  /** Reads eventually consistent at half the price: a later conditional write detects a stale revision. */
  glance(sourceId: string, deadline: Deadline): Promise<KnownHealth>;
  /** Writes the health after a read; returns `false` if it has changed since. */
  write(sourceId: string, before: KnownHealth, after: SourceHealth, deadline: Deadline): Promise<boolean>;
}

const { partition, sort } = tableKey.deliveries;

const rowSchema = v.object({
  revision: v.number(),
  failuresInRow: v.number(),
  openUntil: v.exactOptional(v.number()),
  unaccepted: v.number(),
  unacceptedSince: v.exactOptional(v.number()),
  suspendedAt: v.exactOptional(v.number()),
  trialAt: v.exactOptional(v.number()),
  trials: v.exactOptional(v.number()),
  turns: v.exactOptional(v.array(v.number())),
});

/** The health of a source has one row beside its deliveries; a source without failures has none. */
export function sourceHealthTable(client: DynamoDBClient, tableName: string): SourceHealthTable {
  const keyOf = (sourceId: string): Item => toItem({ [partition]: `source#${sourceId}`, [sort]: rowName });
  async function read(sourceId: string, ConsistentRead: boolean, deadline: Deadline): Promise<KnownHealth> {
    const command = new GetItemCommand({ TableName: tableName, Key: keyOf(sourceId), ConsistentRead });
    const { Item: item } = await storageCall('reading how a source answers', () =>
      client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    if (item === undefined) return { health: healthy, revision: 0 };
    const { revision, ...health } = v.parse(rowSchema, unmarshall(item));
    return { health, revision };
  }

  return {
    of: (sourceId, deadline) => read(sourceId, true, deadline),
    glance: (sourceId, deadline) => read(sourceId, false, deadline),

    async write(sourceId, { revision }, after, deadline) {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: { ...keyOf(sourceId), ...toItem({ ...after, revision: revision + 1 }) },
        ConditionExpression: revision === 0 ? 'attribute_not_exists(#partition)' : 'revision = :before',
        ...(revision === 0
          ? { ExpressionAttributeNames: { '#partition': partition } }
          : { ExpressionAttributeValues: { ':before': { N: String(revision) } } }),
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
        return true;
      } catch (error) {
        if (isConditionFailed(error)) return false;
        return storageCall('writing how a source answers', () => Promise.reject(error));
      }
    },
  };
}
