import { configurationHistory } from '../../../../lambdas/adapters/configuration-history';
import { readDocument, type DocumentKind } from '../../../../lambdas/domain/configuration/document';
import type { IntegrationKeys } from '../../../../lambdas/domain/configuration/integration';
import { tableNames } from '../../../storage/local-dynamodb';
import { noHurry, type Storage } from './storage';

const open = { token: 'off', hmac: 'off', ip: 'off' };

export const integrationDocument = { name: 'Acme', preset: 'generic', currency: 'USD', auth: open };

export const campaignDocument = {
  name: 'Spring',
  integration: 'acme',
  status: 'active',
  offers: [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 100 }],
};

/** Writes the next version of a document as the admin API does. */
export async function putDocument(
  storage: Storage,
  kind: DocumentKind,
  id: string,
  input: object,
  { deleted = false, keys }: { readonly deleted?: boolean; readonly keys?: IntegrationKeys } = {},
): Promise<void> {
  const history = configurationHistory(storage.direct, tableNames.config);
  const before = await history.newest(kind, id, noHurry);
  const reading = readDocument(kind, input);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const written = await history.write(
    {
      kind,
      id,
      version: (before?.version ?? 0) + 1,
      changedAt: Date.now(),
      author: 'test',
      document: reading.document,
      deleted,
      ...(keys !== undefined && { keys }),
    },
    noHurry,
  );
  if (!written) throw new Error('somebody else was sooner');
}
