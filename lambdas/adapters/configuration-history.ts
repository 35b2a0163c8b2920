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
  readVersion,
  revisionOf,
  writeVersion,
  type Item,
  type StoredVersion,
} from './configuration-item';
import { abortSignal, type Deadline } from './deadline';
import { queryRows } from './query-rows';
import { storageCall, StorageFailure } from './storage-failure';

const callMilliseconds = 3000;

export interface VersionPage<Kind extends DocumentKind> {
  readonly versions: readonly StoredVersion<Kind>[];
  readonly more: boolean;
}

/** The Config table with all that was ever in it. Every read is strongly consistent: who wrote reads what was written. */
export interface ConfigurationHistory {
  /** The newest version, also where it is a deletion; `undefined` where there never was one. */
  newest<Kind extends DocumentKind>(
    kind: Kind,
    id: string,
    deadline: Deadline,
  ): Promise<StoredVersion<Kind> | undefined>;
  /** Versions below a number (from the newest where it is not given), newest first, deletions included. */
  versions<Kind extends DocumentKind>(
    kind: Kind,
    id: string,
    page: { readonly below?: number; readonly limit: number },
    deadline: Deadline,
  ): Promise<VersionPage<Kind>>;
  /** What exists of a kind, by ID in the order of its letters, after an ID where one is given. */
  list<Kind extends DocumentKind>(
    kind: Kind,
    page: { readonly after?: string; readonly limit: number },
    deadline: Deadline,
  ): Promise<VersionPage<Kind>>;
  /** Writes a version if the one before it is still the newest; `false` where somebody else was sooner. */
  write<Kind extends DocumentKind>(version: StoredVersion<Kind>, deadline: Deadline): Promise<boolean>;
}

const { partition, sort } = tableKey.config;

export function configurationHistory(client: DynamoDBClient, tableName: string): ConfigurationHistory {
  return {
    async newest(kind, id, deadline) {
      const command = new GetItemCommand({
        TableName: tableName,
        Key: configurationKey(entityOf(kind, id), currentRevision),
        ConsistentRead: true,
      });
      const { Item: item } = await storageCall(`reading ${kind} ${id}`, () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      return item === undefined ? undefined : readVersion(kind, item);
    },

    async versions(kind, id, { below, limit }, deadline) {
      const newest = below === undefined ? 'v#~' : revisionOf(below - 1);
      const { items, more } = await queryRows(
        client,
        {
          TableName: tableName,
          KeyConditionExpression: '#entity = :entity AND #revision BETWEEN :oldest AND :newest',
          ExpressionAttributeNames: { '#entity': partition, '#revision': sort },
          ExpressionAttributeValues: {
            ':entity': { S: entityOf(kind, id) },
            ':oldest': { S: revisionOf(0) },
            ':newest': { S: newest },
          },
          ScanIndexForward: false,
          ConsistentRead: true,
        },
        limit,
        deadline,
      );
      return { versions: items.map((item) => readVersion(kind, item)), more };
    },

    async list(kind, { after, limit }, deadline) {
      const { items, more } = await queryRows(
        client,
        {
          TableName: tableName,
          KeyConditionExpression: `#kind = :kind${after === undefined ? '' : ' AND #id > :after'}`,
          FilterExpression: '#deleted = :no',
          ExpressionAttributeNames: {
            '#kind': partition,
            '#deleted': 'deleted',
            ...(after !== undefined && { '#id': sort }),
          },
          ExpressionAttributeValues: {
            ':kind': { S: kind },
            ':no': { BOOL: false },
            ...(after !== undefined && { ':after': { S: after } }),
          },
          ConsistentRead: true,
        },
        limit,
        deadline,
      );
      return { versions: items.map((item) => readVersion(kind, item)), more };
    },

    async write(version, deadline) {
      const puts = putsOf(tableName, version);
      const command = new TransactWriteItemsCommand({
        // The SDK sends again by itself when an answer is lost; the token makes the repetition the same transaction.
        ClientRequestToken: randomUUID(),
        TransactItems: puts.map((put) => ({ Put: put })),
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
        return true;
      } catch (error) {
        if (isOwnWrite(error, puts)) return true;
        if (isLostRace(error)) return false;
        throw new StorageFailure(`writing ${version.kind} ${version.id}`, error);
      }
    },
  };
}

/** The version for history, the version in force, and its copy in the list of its kind: all three or none. */
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

/** Whether the version that stands in the way is the very one we sent, its author and moment included. */
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
