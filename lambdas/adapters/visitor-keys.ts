import { randomBytes } from 'node:crypto';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { visitorDay, visitorKeyBytes, visitorKeyEndsAt } from '../domain/visit/visitor-mark';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem } from './item';
import { logTrouble } from './metrics';

const { partition, timeToLive } = tableKey.visitorKeys;

/** The timeout of the campaign's read, which runs in parallel: the first call of an environment is slow. */
const callMilliseconds = 1000;
const retryMilliseconds = 60_000;
const deletionMilliseconds = 5000;

const keySchema = v.object({ [partition]: v.string(), key: v.string() });

export interface VisitorKeys {
  /** Returns the key of a day; `undefined` if it is unavailable now. Reads it once a day, and never throws. */
  keyAt(now: number, deadline: Deadline): Promise<Uint8Array | undefined>;
}

/** Random keys of UTC days, the same for every environment of the click function. The first click of a day creates its key. */
export function visitorKeys(client: DynamoDBClient, tableName: string): VisitorKeys {
  let known: { readonly day: string; readonly key: Promise<Uint8Array | undefined> } | undefined;
  let failedAt = -Infinity;

  async function read(day: string, deadline: Deadline): Promise<Uint8Array | undefined> {
    const command = new GetItemCommand({
      TableName: tableName,
      Key: toItem({ [partition]: day }),
      ConsistentRead: true,
    });
    const { Item: item } = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
    return item === undefined ? undefined : Buffer.from(v.parse(keySchema, unmarshall(item)).key, 'base64url');
  }

  async function make(day: string, deadline: Deadline): Promise<Uint8Array | undefined> {
    const key = randomBytes(visitorKeyBytes);
    const expiresAt = visitorKeyEndsAt(day) / 1000;
    const item = toItem({ [partition]: day, key: key.toString('base64url'), [timeToLive]: expiresAt });
    const command = new PutItemCommand({
      TableName: tableName,
      Item: item,
      ConditionExpression: `attribute_not_exists(#day)`,
      ExpressionAttributeNames: { '#day': partition },
    });
    try {
      await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      return key;
    } catch (error) {
      // Another environment was first, or this one's answer was lost: the stored key counts.
      if (isConditionFailed(error)) return read(day, deadline);
      throw error;
    }
  }

  async function obtain(day: string, now: number, deadline: Deadline): Promise<Uint8Array | undefined> {
    try {
      return (await read(day, deadline)) ?? (await make(day, deadline));
    } catch (error) {
      failedAt = now;
      known = undefined;
      logTrouble('the visitor key of the day was not read', error, { day });
      return undefined;
    }
  }

  return {
    keyAt(now, deadline) {
      const day = visitorDay(now);
      if (known?.day === day) return known.key;
      if (now - failedAt < retryMilliseconds) return Promise.resolve(undefined);
      known = { day, key: obtain(day, now, deadline) };
      return known.key;
    },
  };
}

/**
 * Deletes expired keys: the table itself may delete them days later.
 * @returns the number of deleted keys
 */
export async function dropVisitorKeys(
  client: DynamoDBClient,
  tableName: string,
  now: number,
  deadline: Deadline,
): Promise<number> {
  const signal = () => ({ abortSignal: abortSignal(deadline, deletionMilliseconds) });
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName: tableName }), signal());
  const days = items.map((item) => v.parse(keySchema, unmarshall(item))[partition]);
  const over = days.filter((day) => visitorKeyEndsAt(day) <= now);
  for (const day of over) {
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: toItem({ [partition]: day }) }), signal());
  }
  return over.length;
}
