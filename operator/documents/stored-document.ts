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
  /** In a history: this version is a deletion. */
  deleted: v.optional(v.boolean()),
};

/** Documents as the API shows them; what else is in them stays as it came. */
export const storedDocument = v.looseObject({ ...added, name: v.optional(v.string()) });

export type StoredDocument = v.InferOutput<typeof storedDocument>;

/** The fields of a document, as a person writes them. */
export type Content = Readonly<Record<string, unknown>>;

/** Keys that a document may have beside its fields, because somebody saved an answer of the API. */
const besideContent = new Set([...Object.keys(added), 'changed', 'keys', 'warnings', 'clickUrl']);

/** A document without what the API adds to it. */
export function contentOf(document: Content): Content {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !besideContent.has(name)));
}

/** The fields of a value that is an object; `undefined` where it is none. */
export function asFields(input: unknown): Content | undefined {
  // As it came: a schema of any record would drop reserved names before they are found.
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

/** The newest version of a document, which must be there. */
export function getDocument(api: AdminApi, kind: DocumentKind, id: string): Promise<StoredDocument> {
  return api.call('GET', [collectionOf[kind], id], storedDocument);
}

export function allDocuments(api: AdminApi, kind: DocumentKind): Promise<readonly StoredDocument[]> {
  return api.all([collectionOf[kind]], storedDocument);
}
