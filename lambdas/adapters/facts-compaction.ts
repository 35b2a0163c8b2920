import {
  DeleteItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { FactObject } from '../domain/facts/manifest';
import { abortSignal, type Deadline } from './deadline';
import {
  factKind,
  generationName,
  factKey,
  readErasure,
  readReplaced,
  writeObject,
  writeReplaced,
  type PendingErasure,
  type Replaced,
} from './fact-items';
import { factRowsOf } from './fact-rows';
import { isConditionFailed } from './item';
import { readManifest, type ManifestReading } from './manifest';
import { settleRecount } from './recount-settlement';
import { isUnderWay } from './recount-state';
import { recountTable } from './recount-table';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;

/** Objects and their replacements, together at most 98. */
export interface ObjectReplacement {
  /** The generation of the inputs, which another generation may have replaced. */
  readonly generation: number;
  readonly inputs: readonly FactObject[];
  readonly outputs: readonly FactObject[];
  /** Name and end of the period in which the inputs stay in the bucket, since a query may still read them. */
  readonly kept: Pick<Replaced, 'name' | 'until'>;
}

export interface FactsCompaction {
  /** Moves the objects of a recount that was applied to the reports into the manifest. */
  settle(deadline: Deadline): Promise<void>;
  /** Whether a running recount compares the counting objects, which must stay until it ends. */
  isRecounted(now: number, deadline: Deadline): Promise<boolean>;
  manifest(deadline: Deadline): Promise<ManifestReading>;
  erasures(deadline: Deadline): Promise<readonly PendingErasure[]>;
  /** Replaced objects that must not be deleted yet. */
  kept(now: number, deadline: Deadline): Promise<readonly string[]>;
  /** Replaces objects in one transaction; returns `overtaken` if another run was first. */
  replace(replacement: ObjectReplacement, deadline: Deadline): Promise<'replaced' | 'overtaken'>;
  /** Records that the visitor of a click was removed, unless a new request came meanwhile. */
  erased(erasure: PendingErasure, deadline: Deadline): Promise<void>;
}

const { partition } = tableKey.facts;

export function factsCompaction(client: DynamoDBClient, tableName: string): FactsCompaction {
  /** Increases the generation by one if it is unchanged since the read. */
  function nextGeneration(generation: number): TransactWriteItem {
    return {
      Update: {
        TableName: tableName,
        Key: factKey(factKind.generation, generationName),
        UpdateExpression: 'SET #value = :next',
        ConditionExpression: generation === 0 ? `attribute_not_exists(${partition})` : '#value = :read',
        ExpressionAttributeNames: { '#value': 'value' },
        ExpressionAttributeValues: {
          ':next': { N: String(generation + 1) },
          ...(generation > 0 && { ':read': { N: String(generation) } }),
        },
      },
    };
  }

  const recounts = recountTable(client, tableName);
  return {
    settle: (deadline) => settleRecount(client, tableName, deadline),
    async isRecounted(now, deadline) {
      const recount = await recounts.current(deadline);
      return recount !== undefined && isUnderWay(recount, now);
    },
    manifest: (deadline) => readManifest(client, tableName, deadline),
    async erasures(deadline) {
      return (await factRowsOf(client, tableName, factKind.erasure, deadline)).map(readErasure);
    },
    async kept(now, deadline) {
      const replaced = (await factRowsOf(client, tableName, factKind.replaced, deadline)).map(readReplaced);
      return replaced.filter(({ until }) => until > now).flatMap(({ keys }) => keys);
    },
    async replace({ generation, inputs, outputs, kept }, deadline) {
      const items: TransactWriteItem[] = [
        nextGeneration(generation),
        ...inputs.map(({ key }) => ({
          Delete: {
            TableName: tableName,
            Key: factKey(factKind.manifest, key),
            ConditionExpression: `attribute_exists(${partition})`,
          },
        })),
        ...outputs.map((object) => ({
          Put: {
            TableName: tableName,
            Item: writeObject(object),
            ConditionExpression: `attribute_not_exists(${partition})`,
          },
        })),
        { Put: { TableName: tableName, Item: writeReplaced({ ...kept, keys: inputs.map(({ key }) => key) }) } },
      ];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: items }), {
          abortSignal: abortSignal(deadline, callMilliseconds),
        });
        return 'replaced';
      } catch (error) {
        if (error instanceof TransactionCanceledException) return 'overtaken';
        return storageCall('replacing facts', () => Promise.reject(error));
      }
    },
    async erased({ clickId, stamp }, deadline) {
      const command = new DeleteItemCommand({
        TableName: tableName,
        Key: factKey(factKind.erasure, clickId),
        ConditionExpression: '#stamp = :read',
        ExpressionAttributeNames: { '#stamp': 'stamp' },
        ExpressionAttributeValues: { ':read': { S: stamp } },
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      } catch (error) {
        if (!isConditionFailed(error)) await storageCall('noting an erasure', () => Promise.reject(error));
      }
    },
  };
}
