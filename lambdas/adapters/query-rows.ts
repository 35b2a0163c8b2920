import { QueryCommand, type DynamoDBClient, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { abortSignal, type Deadline } from './deadline';
import type { Item } from './item';
import { storageCall } from './storage-failure';

const queryMilliseconds = 3000;

/** Reads one item more than a list shows, to know whether to return a cursor. */
export interface Rows {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/**
 * Reads up to `wanted` items of one partition. DynamoDB ends a page at 1 MB and applies its limit before the filter, so one query may
 * return fewer items, or none, with more to come.
 */
export async function queryRows(
  client: DynamoDBClient,
  input: Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>,
  wanted: number,
  deadline: Deadline,
): Promise<Rows> {
  const items: Item[] = [];
  let startKey: Item | undefined;
  do {
    const command = new QueryCommand({
      ...input,
      Limit: wanted + 1,
      ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
    });
    const answer = await storageCall(`reading ${input.TableName ?? 'a table'}`, () =>
      client.send(command, { abortSignal: abortSignal(deadline, queryMilliseconds) }),
    );
    items.push(...(answer.Items ?? []));
    startKey = answer.LastEvaluatedKey;
  } while (startKey !== undefined && items.length <= wanted);
  return { items: items.slice(0, wanted), more: items.length > wanted };
}
