import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import type { DocumentKind, Version, DocumentReading } from '../domain/configuration/document';
import type { FieldProblem } from '../domain/configuration/reserved-names';
import { firstKeys } from '../domain/trust/keys';
import type { Item } from './item';

/**
 * The Config table has an item collection for each document and one for each kind:
 * - `campaign#spring` / `v#000012`: every version, for history
 * - `campaign#spring` / `current`: the version in force, one read by key
 * - `campaign` / `spring`: a copy, so that listing a kind is one query
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

/** A stored version: a deletion keeps the last document. */
export interface ReadVersion<Kind extends DocumentKind> extends Version<Kind> {
  readonly deleted: boolean;
  readonly problems?: undefined;
}

/** A version with a document of another release that this one cannot parse; the document is unchanged. */
export interface UnreadVersion<Kind extends DocumentKind> extends Omit<ReadVersion<Kind>, 'document' | 'problems'> {
  readonly document: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** Parses documents of some kinds. */
export type DocumentReader<Kinds extends DocumentKind> = <Kind extends Kinds>(
  kind: Kind,
  input: unknown,
) => DocumentReading<Kind>;

export type StoredVersion<Kind extends DocumentKind> = ReadVersion<Kind> | UnreadVersion<Kind>;

export function writeVersion<Kind extends DocumentKind>(version: StoredVersion<Kind>): Item {
  const { id, changedAt, author, deleted, keys } = version;
  const fields = { kind: version.kind, id, version: version.version, changedAt, author, deleted };
  return marshall(
    { ...fields, document: JSON.stringify(version.document), ...(keys !== undefined && { keys: { ...keys } }) },
    { removeUndefinedValues: true },
  );
}

/**
 * Reads an item of the Config table. A document of an older release is parsed again, so that new fields get their defaults; for one that
 * is no longer valid the result has the error.
 */
export function readStoredVersion<Kind extends DocumentKind>(
  kind: Kind,
  item: Item,
  read: DocumentReader<Kind>,
): StoredVersion<Kind> {
  const { document: text, keys: numbers, ...rest } = v.parse(itemSchema, unmarshall(item));
  const { current, previous } = numbers ?? firstKeys;
  const keys = { current, ...(previous !== undefined && { previous }) };
  const fields = { kind, ...rest, ...(kind === 'integration' && { keys }) };
  const stored = parse(text);
  const reading = read(kind, stored);
  if (reading.ok) return { ...fields, document: reading.document };
  const asObject = v.safeParse(v.record(v.string(), v.unknown()), stored);
  return { ...fields, document: asObject.success ? asObject.output : {}, problems: reading.problems };
}

/** Reads an item for use; an invalid document throws an error that names it. */
export function readVersion<Kind extends DocumentKind>(
  kind: Kind,
  item: Item,
  read: DocumentReader<Kind>,
): ReadVersion<Kind> {
  const version = readStoredVersion(kind, item, read);
  if (version.problems === undefined) return version;
  const [first] = version.problems;
  const where = `${kind} ${version.id} version ${version.version}`;
  throw new UnreadableDocument(`${where} is invalid: ${first?.path} ${first?.problem}`);
}

/** A document that is invalid by the present rules: another read does not help. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
