import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { DocumentKind, Version } from '../domain/configuration/document';
import { identifier } from '../domain/configuration/fields';
import {
  configurationKey,
  currentRevision,
  entityOf,
  readVersion,
  revisionOf,
  type DocumentReader,
  type ReadVersion,
} from './configuration-item';
import { abortSignal, type Deadline } from './deadline';

const readMilliseconds = 1200;
/** Pause after a failed refresh, during which the stale copy is used. */
const retryMilliseconds = 5_000;
/** Maximum documents in memory; the least recently used is dropped first. */
const capacity = 2_000;

/** Documents of some kinds in their current version. */
export interface ConfigurationTable<Kinds extends DocumentKind = DocumentKind> {
  /**
   * Returns the current document from memory for a limited time; the stale copy after a failed refresh, or throws without one. Deletions
   * are cached, so that clicks of deleted campaigns cost no reads; `undefined` for an unknown ID is not.
   */
  find<Kind extends Kinds>(kind: Kind, id: string, deadline: Deadline): Promise<Version<Kind> | undefined>;
  /** Returns one version of a document, current or not; `undefined` if there is none. A version never changes and is read once. */
  findVersion<Kind extends Kinds>(
    kind: Kind,
    id: string,
    version: number,
    deadline: Deadline,
  ): Promise<Version<Kind> | undefined>;
}

interface Held {
  readonly version: ReadVersion<DocumentKind>;
  refreshAt: number;
}

/** @param readDocument parses the requested kinds, so that the schemas of others are not loaded */
export function configurationTable<Kinds extends DocumentKind>(
  client: DynamoDBClient,
  tableName: string,
  cacheSeconds: number,
  readDocument: DocumentReader<Kinds>,
  clock: () => number = Date.now,
): ConfigurationTable<Kinds> {
  const held = new Map<string, Held>();
  const underway = new Map<string, Promise<Version<DocumentKind> | undefined>>();
  const versions = new Map<string, Promise<Version<DocumentKind> | undefined>>();

  async function read(kind: Kinds, id: string, revision: string, deadline: Deadline) {
    const answer = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: configurationKey(entityOf(kind, id), revision),
        ConsistentRead: true,
      }),
      { abortSignal: abortSignal(deadline, readMilliseconds) },
    );
    return answer.Item === undefined ? undefined : readVersion(kind, answer.Item, readDocument);
  }

  async function refresh(kind: Kinds, id: string, deadline: Deadline): Promise<Version<DocumentKind> | undefined> {
    const entity = entityOf(kind, id);
    const stale = held.get(entity);
    held.delete(entity);
    try {
      const version = await read(kind, id, currentRevision, deadline);
      if (version !== undefined) held.set(entity, { version, refreshAt: clock() + cacheSeconds * 1000 });
      deleteSurplus(held);
      return inForce(version);
    } catch (error) {
      if (stale === undefined) throw error;
      held.set(entity, { ...stale, refreshAt: clock() + retryMilliseconds });
      return inForce(stale.version);
    } finally {
      underway.delete(entity);
    }
  }

  return {
    async find<Kind extends Kinds>(kind: Kind, id: string, deadline: Deadline) {
      // Paths hold any text; a text that is no valid ID is not looked up.
      if (!v.is(identifier, id)) return undefined;
      const entity = entityOf(kind, id);
      const fresh = held.get(entity);
      if (fresh !== undefined && clock() < fresh.refreshAt) return inForce(fresh.version) as Version<Kind> | undefined;
      // Concurrent requests share one read. An entry under an entity is of the entity's kind.
      const reading = underway.get(entity) ?? refresh(kind, id, deadline);
      underway.set(entity, reading);
      return (await reading) as Version<Kind> | undefined;
    },
    async findVersion(kind, id, version, deadline) {
      const current: Version<DocumentKind> | undefined = held.get(entityOf(kind, id))?.version;
      // Documents under an entity are of the entity's kind.
      if (current?.version === version) return current as Version<typeof kind>;
      const key = `${entityOf(kind, id)} ${revisionOf(version)}`;
      const reading = versions.get(key) ?? read(kind, id, revisionOf(version), deadline);
      versions.set(key, reading);
      deleteSurplus(versions);
      try {
        const found = await reading;
        if (found === undefined) versions.delete(key);
        return found as Version<typeof kind> | undefined;
      } catch (error) {
        versions.delete(key);
        throw error;
      }
    },
  };
}

function inForce<Kind extends DocumentKind>(version: ReadVersion<Kind> | undefined): Version<Kind> | undefined {
  return version?.deleted === true ? undefined : version;
}

function deleteSurplus(held: Map<string, unknown>): void {
  const [oldest] = held.keys();
  if (held.size > capacity && oldest !== undefined) held.delete(oldest);
}
