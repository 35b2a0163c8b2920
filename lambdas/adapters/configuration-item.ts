import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { readDocument, type DocumentKind, type DocumentOf, type Version } from '../domain/configuration/document';
import { firstKeys } from '../domain/trust/keys';
import type { Item } from './item';

/**
 * The Config table, an item collection for each document and one for each kind:
 * - `campaign#spring` / `v#000012`: every version, for history
 * - `campaign#spring` / `current`: the version in force, one read by key
 * - `campaign` / `spring`: the same again, so that listing a kind is one query
 */
export const currentRevision = 'current';

export function entityOf(kind: DocumentKind, id: string): string {
  return `${kind}#${id}`;
}

export function revisionOf(version: number): string {
  return `v#${String(version).padStart(6, '0')}`;
}

/** The key of one item of the Config table. */
export function configurationKey(entity: string, revision: string): Item {
  return marshall({ [tableKey.config.partition]: entity, [tableKey.config.sort]: revision });
}

const itemSchema = v.object({
  id: v.string(),
  version: v.number(),
  changedAt: v.number(),
  author: v.string(),
  deleted: v.boolean(),
  document: v.string(),
  keys: v.optional(v.object({ current: v.number(), previous: v.optional(v.number()) })),
});

/** A version as it is kept: a deleted one keeps the document it ended. */
export interface StoredVersion<Kind extends DocumentKind> extends Version<Kind> {
  readonly deleted: boolean;
}

export function writeVersion<Kind extends DocumentKind>(version: StoredVersion<Kind>): Item {
  const { id, changedAt, author, deleted, keys } = version;
  const fields = { kind: version.kind, id, version: version.version, changedAt, author, deleted };
  return marshall(
    { ...fields, document: JSON.stringify(version.document), ...(keys !== undefined && { keys: { ...keys } }) },
    { removeUndefinedValues: true },
  );
}

/**
 * Reads an item of the Config table. What an older release wrote goes through the schema again, so that a field it did not know
 * takes its default; a document that no longer fits is an error that names the document.
 */
export function readVersion<Kind extends DocumentKind>(kind: Kind, item: Item): StoredVersion<Kind> {
  const { document: text, keys, ...fields } = v.parse(itemSchema, unmarshall(item));
  const reading = readDocument(kind, JSON.parse(text));
  if (!reading.ok) {
    const [first] = reading.problems;
    throw new Error(`${kind} ${fields.id} version ${fields.version} does not read: ${first?.path} ${first?.problem}`);
  }
  const document: DocumentOf[Kind] = reading.document;
  if (kind !== 'integration') return { kind, ...fields, document };
  const { current, previous } = keys ?? firstKeys;
  return { kind, ...fields, document, keys: { current, ...(previous !== undefined && { previous }) } };
}
