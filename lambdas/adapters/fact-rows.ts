import { GetItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { factKind, generationName, factKey, type FactKind } from './fact-items';
import type { Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;
const generationSchema = v.object({ value: v.object({ N: v.pipe(v.string(), v.regex(/^\d+$/)) }) });

/** Every row of one kind, as it is at the moment that each page is read. */
export async function factRowsOf(
  client: DynamoDBClient,
  tableName: string,
  kind: FactKind,
  deadline: Deadline,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let startKey: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: '#kind = :kind',
      ExpressionAttributeNames: { '#kind': tableKey.facts.partition },
      ExpressionAttributeValues: { ':kind': { S: kind } },
      ConsistentRead: true,
      ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
    });
    const page = await storageCall(`reading facts (${kind})`, () =>
      client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    items.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
  return items;
}

/** How often objects were replaced by others: 0 before the first time. */
export async function generationOf(client: DynamoDBClient, tableName: string, deadline: Deadline): Promise<number> {
  const command = new GetItemCommand({
    TableName: tableName,
    Key: factKey(factKind.generation, generationName),
    ConsistentRead: true,
  });
  const { Item: item } = await storageCall('reading the generation of facts', () =>
    client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
  );
  return item === undefined ? 0 : Number(v.parse(generationSchema, item).value.N);
}
