import type { StoredVersion } from '../adapters/configuration-item';
import type { DocumentKind } from '../domain/configuration/document';

/** A version as the API shows it; what it adds to the document is ignored when it comes back in a PUT. */
export function viewOf(version: StoredVersion<DocumentKind>): object {
  const { id, document, keys } = version;
  return {
    id,
    version: version.version,
    updatedAt: new Date(version.changedAt).toISOString(),
    updatedBy: version.author,
    ...(version.deleted && { deleted: true }),
    ...document,
    ...(keys !== undefined && { keys }),
  };
}

/** The header by which HTTP clients carry the version they read into their PUT's If-Match. */
export function entityTag(version: StoredVersion<DocumentKind>): Readonly<Record<string, string>> {
  return { etag: `"${version.version}"` };
}
