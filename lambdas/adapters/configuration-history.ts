import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { readDocument, type DocumentKind } from '../domain/configuration/document';
import {
  configurationKey,
  currentRevision,
  entityOf,
  readStoredVersion,
  revisionOf,
  type StoredVersion,
} from './configuration-item';
import { writeNextVersion } from './configuration-write';
import { abortSignal, type Deadline } from './deadline';
import { queryRows } from './query-rows';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;

export interface VersionPage<Kind extends DocumentKind> {
  readonly versions: readonly StoredVersion<Kind>[];
  readonly more: boolean;
}

/** The Config table with all versions. Every read is strongly consistent: a writer reads its own write. */
export interface ConfigurationHistory {
  /** Returns the newest version, which may be a deletion; `undefined` if there never was one. */
  newest<Kind extends DocumentKind>(
    kind: Kind,
    id: string,
    deadline: Deadline,
  ): Promise<StoredVersion<Kind> | undefined>;
  /** Returns versions below a number (by default from the newest), newest first, deletions included. */
  versions<Kind extends DocumentKind>(
    kind: Kind,
    id: string,
    page: { readonly below?: number; readonly limit: number },
    deadline: Deadline,
  ): Promise<VersionPage<Kind>>;
  /** Returns the documents of a kind, sorted by ID, after a given ID if any. */
  list<Kind extends DocumentKind>(
    kind: Kind,
    page: { readonly after?: string; readonly limit: number },
    deadline: Deadline,
  ): Promise<VersionPage<Kind>>;
  /** Writes a version if the one before it is still the newest; returns `false` after a concurrent change. */
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
      return item === undefined ? undefined : readStoredVersion(kind, item, readDocument);
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
      return { versions: items.map((item) => readStoredVersion(kind, item, readDocument)), more };
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
      return { versions: items.map((item) => readStoredVersion(kind, item, readDocument)), more };
    },

    write: (version, deadline) => writeNextVersion(client, tableName, version, deadline),
  };
}
