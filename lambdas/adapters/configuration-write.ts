import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type DynamoDBClient,
  type Put,
} from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { DocumentKind } from '../domain/configuration/document';
import {
  configurationKey,
  currentRevision,
  entityOf,
  revisionOf,
  writeVersion,
  type StoredVersion,
} from './configuration-item';
import type { Item } from './item';
import { abortSignal, type Deadline } from './deadline';
import { StorageFailure } from './storage-failure';

const callMilliseconds = 3000;

const { partition, sort } = tableKey.config;

/** Writes a version if the one before it is still the newest; returns `false` after a concurrent change. */
export async function writeNextVersion(
  client: DynamoDBClient,
  tableName: string,
  version: StoredVersion<DocumentKind>,
  deadline: Deadline,
): Promise<boolean> {
  const puts = putsOf(tableName, version);
  const command = new TransactWriteItemsCommand({
    // The SDK retries after a lost answer; the token makes the repetition the same transaction.
    ClientRequestToken: randomUUID(),
    TransactItems: puts.map((put) => ({ Put: put })),
  });
  try {
    await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    return true;
  } catch (error) {
    if (isOwnWrite(error, puts)) return true;
    if (isLostRace(error)) return false;
    // A rotation that is repeated after a lost answer would drop a key in use.
    if (await isWritten(client, puts[0], deadline)) return true;
    throw new StorageFailure(`writing ${version.kind} ${version.id}`, error);
  }
}

/** Checks after a lost answer whether the version was written; a failed check counts as no. */
async function isWritten(
  client: DynamoDBClient,
  { TableName: tableName, Item: sent }: Put,
  deadline: Deadline,
): Promise<boolean> {
  const { [partition]: entity, [sort]: revision } = sent ?? {};
  if (entity === undefined || revision === undefined) return false;
  const command = new GetItemCommand({
    TableName: tableName,
    Key: { [partition]: entity, [sort]: revision },
    ConsistentRead: true,
  });
  try {
    const { Item: item } = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    return item !== undefined && isDeepStrictEqual(item, sent);
  } catch {
    return false;
  }
}

/** Writes the version for history, the current version, and its copy in the list of its kind in one transaction. */
function putsOf(tableName: string, version: StoredVersion<DocumentKind>): readonly [Put, ...Put[]] {
  const { kind, id } = version;
  const fields = writeVersion(version);
  const item = (entity: string, revision: string): Item => ({ ...fields, ...configurationKey(entity, revision) });
  const before = version.version - 1;
  return [
    {
      TableName: tableName,
      Item: item(entityOf(kind, id), revisionOf(version.version)),
      ConditionExpression: 'attribute_not_exists(#entity)',
      ExpressionAttributeNames: { '#entity': partition },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    {
      TableName: tableName,
      Item: item(entityOf(kind, id), currentRevision),
      ...(before === 0
        ? {
            ConditionExpression: 'attribute_not_exists(#entity)',
            ExpressionAttributeNames: { '#entity': partition },
          }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': { N: String(before) } },
          }),
    },
    { TableName: tableName, Item: item(kind, id) },
  ];
}

/** Whether the conflicting version is the one that was sent, its author and time included. */
function isOwnWrite(error: unknown, [version]: readonly [Put, ...Put[]]): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const standing = error.CancellationReasons?.[0]?.Item;
  return standing !== undefined && isDeepStrictEqual(standing, version.Item);
}

const lostRaceCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict', 'None']);

function isLostRace(error: unknown): boolean {
  if (error instanceof Error && error.name === 'TransactionInProgressException') return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).every(({ Code }) => lostRaceCodes.has(Code ?? 'None'));
}
