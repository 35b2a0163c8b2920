import { UpdateItemCommand, type DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { abortSignal, type Deadline } from './deadline';
import { factKey, factKind, generationName, readFactObject, writeObject } from './fact-items';
import { factRowsOf, generationOf } from './fact-rows';
import { isConditionFailed } from './item';
import { recountNotes, removeNotes } from './recount-notes';
import { storageCall } from './storage-failure';
import { writeTogether } from './write-together';

const callMilliseconds = 5000;
/** A transaction takes 100 actions, one of which checks that the recount is not settled yet. */
const actionsTogether = 90;

/**
 * Adds the objects of a recount to the manifest and removes those that it replaces. Readers see no change: until the end they read both
 * together. A concurrent late run writes nothing. Throws if storage fails; it can be repeated.
 */
export async function settleRecount(client: DynamoDBClient, tableName: string, deadline: Deadline): Promise<void> {
  const { value, recount: id } = await generationOf(client, tableName, deadline);
  if (id === undefined) return;
  const { outputs, dropped } = await recountNotes(client, tableName, id, deadline);
  const named = (await factRowsOf(client, tableName, factKind.manifest, deadline)).map(readFactObject);
  const keys = new Set(named.map(({ key }) => key));
  const actions: readonly TransactWriteItem[] = [
    ...outputs
      .filter(({ key }) => !keys.has(key))
      .map((object) => ({ Put: { TableName: tableName, Item: writeObject(object) } })),
    ...dropped
      .filter((key) => keys.has(key))
      .map((key) => ({ Delete: { TableName: tableName, Key: factKey(factKind.manifest, key) } })),
  ];
  for (let at = 0; at < actions.length; at += actionsTogether) {
    const items = [stillToSettle(tableName, id), ...actions.slice(at, at + actionsTogether)];
    if (!(await writeTogether(client, 'settling a recount', items, deadline))) return;
  }
  if (!(await end(client, tableName, id, value, deadline))) return;
  await removeNotes(client, tableName, id, deadline);
}

function stillToSettle(tableName: string, id: string): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: factKey(factKind.generation, generationName),
      UpdateExpression: 'SET #recount = :id',
      ConditionExpression: '#recount = :id',
      ExpressionAttributeNames: { '#recount': 'recount' },
      ExpressionAttributeValues: { ':id': { S: id } },
    },
  };
}

/** From here on the manifest alone defines the counting objects. */
async function end(
  client: DynamoDBClient,
  tableName: string,
  id: string,
  value: number,
  deadline: Deadline,
): Promise<boolean> {
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: factKey(factKind.generation, generationName),
    UpdateExpression: 'SET #value = :next REMOVE #recount',
    ConditionExpression: '#recount = :id',
    ExpressionAttributeNames: { '#value': 'value', '#recount': 'recount' },
    ExpressionAttributeValues: { ':id': { S: id }, ':next': { N: String(value + 1) } },
  });
  try {
    await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    return storageCall('settling a recount', () => Promise.reject(error));
  }
}
