import { GetItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { factKind, generationName, factKey, type FactKind } from './fact-items';
import type { Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;
const generationSchema = v.object({
  value: v.object({ N: v.pipe(v.string(), v.regex(/^\d+$/)) }),
  recount: v.optional(v.object({ S: v.string() })),
});

/** Returns every row of one kind, as of the read of each page. */
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

/** The version of the counting objects: their replacements, and the objects beside the manifest. */
export interface Generation {
  /** 0 before the first replacement. */
  readonly value: number;
  /** The recount whose objects count but are not in the manifest yet. */
  readonly recount: string | undefined;
}

export async function generationOf(client: DynamoDBClient, tableName: string, deadline: Deadline): Promise<Generation> {
  const command = new GetItemCommand({
    TableName: tableName,
    Key: factKey(factKind.generation, generationName),
    ConsistentRead: true,
  });
  const { Item: item } = await storageCall('reading the generation of facts', () =>
    client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
  );
  if (item === undefined) return { value: 0, recount: undefined };
  const { value, recount } = v.parse(generationSchema, item);
  return { value: Number(value.N), recount: recount?.S };
}
