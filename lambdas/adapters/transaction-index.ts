import { DeleteItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { transactionDigest, type TransactionChange } from '../domain/conversion/transaction-index';
import { abortSignal, type Deadline } from './deadline';
import { toItem, type Item } from './item';
import { queryRows } from './query-rows';
import { storageCall } from './storage-failure';

const { partition, sort } = tableKey.facts;
const callMilliseconds = 3000;
const writtenTogether = 25;

const kindOf = (digest: string): string => `transaction#${digest}`;

export interface TransactionIndex {
  /** Applies changes; a repetition has no effect. Throws if storage fails. */
  apply(changes: readonly NonNullable<TransactionChange>[], deadline: Deadline): Promise<void>;
}

export function transactionIndex(client: DynamoDBClient, tableName: string): TransactionIndex {
  async function write(digest: string, clickId: string, what: 'added' | 'removed', deadline: Deadline): Promise<void> {
    const key = toItem({ [partition]: kindOf(digest), [sort]: clickId });
    const settings = { abortSignal: abortSignal(deadline, callMilliseconds) };
    await storageCall('writing the index of transaction IDs', async () => {
      if (what === 'added') await client.send(new PutItemCommand({ TableName: tableName, Item: key }), settings);
      else await client.send(new DeleteItemCommand({ TableName: tableName, Key: key }), settings);
    });
  }

  return {
    async apply(changes, deadline) {
      // The last of several changes of one order of a click counts; the order of the others does not matter.
      const last = new Map(changes.map((change) => [`${change.digest}#${change.clickId}`, change]));
      const standing = [...last.values()];
      for (let at = 0; at < standing.length; at += writtenTogether) {
        const some = standing.slice(at, at + writtenTogether);
        await Promise.all(some.map(({ digest, clickId, what }) => write(digest, clickId, what, deadline)));
      }
    },
  };
}

export interface TransactionReader {
  /** Returns the clicks of a transaction ID in the order of their IDs, after a given one if any. */
  clicksOf(
    transactionId: string,
    page: { readonly after?: string; readonly limit: number },
    deadline: Deadline,
  ): Promise<{ readonly clickIds: readonly string[]; readonly more: boolean }>;
}

const row = v.object({ [sort]: v.object({ S: v.string() }) });
const clickIdOf = (item: Item): string => v.parse(row, item)[sort].S;

export function transactionReader(client: DynamoDBClient, tableName: string): TransactionReader {
  return {
    async clicksOf(transactionId, { after, limit }, deadline) {
      const { items, more } = await queryRows(
        client,
        {
          TableName: tableName,
          KeyConditionExpression: `#kind = :kind${after === undefined ? '' : ' AND #name > :after'}`,
          ExpressionAttributeNames: { '#kind': partition, ...(after !== undefined && { '#name': sort }) },
          ExpressionAttributeValues: {
            ':kind': { S: kindOf(transactionDigest(transactionId)) },
            ...(after !== undefined && { ':after': { S: after } }),
          },
        },
        limit,
        deadline,
      );
      return { clickIds: items.map(clickIdOf), more };
    },
  };
}
