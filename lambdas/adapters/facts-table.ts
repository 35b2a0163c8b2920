import {
  GetItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { Checkpoint } from '../domain/facts/checkpoint';
import type { FactObject } from '../domain/facts/manifest';
import { abortSignal, type Deadline } from './deadline';
import { factKind, factKey, readCheckpoint, writeCheckpoint, writeErasure, writeObject } from './fact-items';
import { toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;
/** A shard takes records for hours and its stream keeps them for a day; later its checkpoint is never read again. */
const checkpointSeconds = 14 * 24 * 60 * 60;

/** A change that could not be counted and is put aside, so that later ones are counted. */
export interface Uncounted {
  /** Unique among all. */
  readonly name: string;
  /** The key of its row, such as `{clickId, conversionKey}`. */
  readonly key: Readonly<Record<string, string>>;
  readonly why: string;
  /** When the change was written, in milliseconds since 1970. */
  readonly at: number;
}

/** Changes that enter the facts in one transaction: at most 97 erasures and uncounted changes. */
export interface CountedStep {
  readonly shard: string;
  /** The checkpoint at the read: a different one means that another run has counted. */
  readonly before: Checkpoint | undefined;
  readonly after: Checkpoint;
  readonly object: FactObject | undefined;
  /** IDs of clicks. */
  readonly erasures: readonly string[];
  readonly uncounted: readonly Uncounted[];
}

export interface FactsTable {
  checkpointOf(shard: string, deadline: Deadline): Promise<Checkpoint | undefined>;
  /** Counts, unless the shard was counted meanwhile, by another run or by an attempt of this one whose answer was lost. */
  count(step: CountedStep, now: number, deadline: Deadline): Promise<'counted' | 'overtaken'>;
}

const { partition, sort } = tableKey.facts;

export function factsTable(client: DynamoDBClient, tableName: string): FactsTable {
  const put = (item: ReturnType<typeof toItem>, condition = {}): TransactWriteItem => ({
    Put: { TableName: tableName, Item: item, ...condition },
  });
  const isNew = { ConditionExpression: `attribute_not_exists(${partition})` };
  const isAsRead = ({ sequence }: Checkpoint) => ({
    ConditionExpression: '#sequence = :before',
    ExpressionAttributeNames: { '#sequence': 'sequence' },
    ExpressionAttributeValues: { ':before': { S: sequence } },
  });

  return {
    async checkpointOf(shard, deadline) {
      const key = factKey(factKind.checkpoint, shard);
      const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true });
      const { Item: item } = await storageCall('reading a checkpoint', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      return item === undefined ? undefined : readCheckpoint(item);
    },
    async count({ shard, before, after, object, erasures, uncounted }, now, deadline) {
      const expiresAt = Math.ceil(now / 1000) + checkpointSeconds;
      const items = [
        put(writeCheckpoint(shard, after, expiresAt), before === undefined ? isNew : isAsRead(before)),
        ...(object === undefined ? [] : [put(writeObject(object), isNew)]),
        ...erasures.map((clickId) => put(writeErasure({ clickId, stamp: `${shard}#${after.sequence}` }))),
        ...uncounted.map(({ name, ...change }) =>
          put(toItem({ [partition]: factKind.uncounted, [sort]: name, ...change })),
        ),
      ];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: items }), {
          abortSignal: abortSignal(deadline, callMilliseconds),
        });
        return 'counted';
      } catch (error) {
        if (isOvertaken(error)) return 'overtaken';
        return storageCall('counting', () => Promise.reject(error));
      }
    },
  };
}

/** Whether the checkpoint changed since its read. After a conflict of two transactions the next read shows the winner. */
function isOvertaken(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const code = error.CancellationReasons?.[0]?.Code;
  return code === 'ConditionalCheckFailed' || code === 'TransactionConflict';
}
