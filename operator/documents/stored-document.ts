import * as v from 'valibot';
import type { DocumentKind } from '../../lambdas/domain/configuration/document';
import type { AdminApi } from '../api/admin-api';
import { ApiFailure } from '../api/api-failure';
import { collectionOf } from './kinds';

/** The fields that the API adds to every document. */
const added = {
  id: v.string(),
  version: v.number(),
  updatedAt: v.string(),
  updatedBy: v.string(),
  /** Set in a history if this version is a deletion. */
  deleted: v.optional(v.boolean()),
};

/** Documents as the API shows them; unknown fields stay unchanged. */
export const storedDocument = v.looseObject({ ...added, name: v.optional(v.string()) });

export type StoredDocument = v.InferOutput<typeof storedDocument>;

/** The editable fields of a document. */
export type Content = Readonly<Record<string, unknown>>;

/** Further keys that a document may have, because it may be a saved response of the API. */
const besideContent = new Set([...Object.keys(added), 'changed', 'keys', 'warnings', 'clickUrl']);

/** Removes the fields that the API adds to a document. */
export function contentOf(document: Content): Content {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !besideContent.has(name)));
}

/** Returns the fields of an object; `undefined` for any other value. */
export function asFields(input: unknown): Content | undefined {
  // Kept as received: a record schema would drop reserved names before they are rejected.
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : undefined;
}

/** The newest version of a document; `undefined` where there is none or it was deleted. */
export async function findDocument(api: AdminApi, kind: DocumentKind, id: string): Promise<StoredDocument | undefined> {
  try {
    return await getDocument(api, kind, id);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
}

/** Returns the newest version of a document; throws if there is none. */
export function getDocument(api: AdminApi, kind: DocumentKind, id: string): Promise<StoredDocument> {
  return api.call('GET', [collectionOf[kind], id], storedDocument);
}

export function allDocuments(api: AdminApi, kind: DocumentKind): Promise<readonly StoredDocument[]> {
  return api.all([collectionOf[kind]], storedDocument);
}
