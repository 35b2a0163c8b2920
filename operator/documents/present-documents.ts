import type { AdminApi } from '../api/admin-api';
import { kindsInOrder } from './kinds';
import type { PresentDocument } from './plan';
import { allDocuments, contentOf } from './stored-document';

/** Everything that the tracker is told to do now. */
export async function presentDocuments(api: AdminApi): Promise<readonly PresentDocument[]> {
  const ofKinds = await Promise.all(
    kindsInOrder.map(async (kind) =>
      (await allDocuments(api, kind)).map((document) => ({
        kind,
        id: document.id,
        version: document.version,
        content: contentOf(document),
      })),
    ),
  );
  return ofKinds.flat();
}
