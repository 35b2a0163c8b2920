import {
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { abortSignal, type Deadline } from './deadline';
import { storageCall } from './storage-failure';

const callMilliseconds = 5000;

/** Writes all or nothing; returns `false` if a condition fails, or a concurrent transaction won. */
export async function writeTogether(
  client: DynamoDBClient,
  what: string,
  items: TransactWriteItem[],
  deadline: Deadline,
): Promise<boolean> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }), {
      abortSignal: abortSignal(deadline, callMilliseconds),
    });
    return true;
  } catch (error) {
    if (error instanceof TransactionCanceledException) return false;
    return storageCall(what, () => Promise.reject(error));
  }
}
