import { readDocument, type DocumentKind, type DocumentOf } from '../../lambdas/domain/configuration/document';
import { liveKeysOf, maskedPostbackUrl } from '../documents/credentials';
import { allDocuments, contentOf } from '../documents/stored-document';
import type { AdminApi } from '../api/admin-api';
import type { SenderConnection, WholeConfiguration } from './configuration-checks';

const atOnce = 8;

/** Reads all configuration. Skips documents that this version cannot read: the tracker checks documents itself. */
export async function readWholeConfiguration(api: AdminApi): Promise<WholeConfiguration> {
  const [campaigns, integrations] = [await documentsOf(api, 'campaign'), await documentsOf(api, 'integration')];
  const connections = new Map<string, SenderConnection>();
  for (let at = 0; at < integrations.length; at += atOnce) {
    const answers = integrations
      .slice(at, at + atOnce)
      .map(async ({ id }) => [id, { url: await maskedPostbackUrl(api, id), keys: await liveKeysOf(api, id) }] as const);
    for (const [id, answer] of await Promise.all(answers)) connections.set(id, answer);
  }
  return { campaigns, integrations, connections };
}

async function documentsOf<Kind extends DocumentKind>(
  api: AdminApi,
  kind: Kind,
): Promise<readonly (DocumentOf[Kind] & { readonly id: string })[]> {
  return (await allDocuments(api, kind)).flatMap((stored) => {
    const reading = readDocument(kind, contentOf(stored));
    return reading.ok ? [{ ...reading.document, id: stored.id }] : [];
  });
}
