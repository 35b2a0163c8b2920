import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import type { DocumentKind } from '../domain/configuration/document';
import { abortSignal, type Deadline } from './deadline';
import type { Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;

export interface ExpectedSenders {
  /** Existing integrations of active campaigns: the others are not expected to send. */
  readonly integrations: readonly string[];
  /** Time of the least recent change of a document, in milliseconds since 1970. */
  readonly oldestChange: number;
}

/** Parses only the needed fields: a document of another release must not stop the watch over the others. */
const itemSchema = v.object({
  id: v.string(),
  changedAt: v.number(),
  document: v.pipe(
    v.string(),
    v.parseJson(),
    v.object({ integration: v.optional(v.string()), status: v.optional(v.string()) }),
  ),
});
type ListedDocument = v.InferOutput<typeof itemSchema>;

/** Reads the expected senders from the current configuration. Throws if the table does not respond. */
export async function readExpectedSenders(
  client: DynamoDBClient,
  tableName: string,
  deadline: Deadline,
): Promise<ExpectedSenders> {
  async function list(kind: DocumentKind): Promise<readonly ListedDocument[]> {
    const documents: ListedDocument[] = [];
    let startKey: Item | undefined;
    do {
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#kind = :kind',
        FilterExpression: '#deleted = :no',
        ExpressionAttributeNames: { '#kind': tableKey.config.partition, '#deleted': 'deleted' },
        ExpressionAttributeValues: { ':kind': { S: kind }, ':no': { BOOL: false } },
        ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
      });
      const answer = await storageCall(`listing every ${kind}`, () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      documents.push(...(answer.Items ?? []).map((item) => v.parse(itemSchema, unmarshall(item))));
      startKey = answer.LastEvaluatedKey;
    } while (startKey !== undefined);
    return documents;
  }

  const [integrations, campaigns] = await Promise.all([list('integration'), list('campaign')]);
  const awaited = new Set(
    campaigns.filter(({ document }) => document.status !== 'paused').map(({ document }) => document.integration),
  );
  return {
    integrations: integrations.map(({ id }) => id).filter((id) => awaited.has(id)),
    oldestChange: Math.min(...[...integrations, ...campaigns].map(({ changedAt }) => changedAt), Date.now()),
  };
}
