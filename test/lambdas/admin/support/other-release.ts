import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../../../lambdas/adapters/item';
import { tableKey } from '../../../../lambdas/contract';
import type { DocumentKind } from '../../../../lambdas/domain/configuration/document';
import { tableNames } from '../../../storage/local-dynamodb';

/**
 * Stores the first version of a document as a release wrote it that knew other fields.
 * @param document a text is stored as it is
 */
export async function storeAsOtherRelease(
  client: DynamoDBClient,
  kind: DocumentKind,
  id: string,
  document: unknown,
): Promise<void> {
  const { partition, sort } = tableKey.config;
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const fields = { kind, id, version: 1, changedAt: Date.now(), author: 'another release', deleted: false };
  const keys = [
    [`${kind}#${id}`, 'v#000001'],
    [`${kind}#${id}`, 'current'],
    [kind, id],
  ];
  for (const [entity, revision] of keys) {
    const item = toItem({ ...fields, document: text, [partition]: entity, [sort]: revision });
    await client.send(new PutItemCommand({ TableName: tableNames.config, Item: item }));
  }
}
