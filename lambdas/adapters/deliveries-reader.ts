import {
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { deliveryIndex } from '../contract';
import type { DeliveryId } from '../domain/outbound/delivery-id';
import { abortSignal, type Deadline } from './deadline';
import {
  deliveryIdOfKey,
  deliveryKey,
  readDelivery,
  sourceAndDay,
  waitingFields,
  type StoredDelivery,
} from './delivery-item';
import { isConditionFailed, toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
/** The limit of DynamoDB in one BatchGetItem. */
const pageSize = 100;

/** A range of one source's deliveries within one UTC day, both ends included: `2026-11-23T14:00:00.000Z#ID`. */
export interface DayStretch {
  readonly sourceId: string;
  readonly from: string;
  readonly to: string;
}

export interface ListedDeliveries {
  /** The newest first. */
  readonly deliveries: readonly StoredDelivery[];
  /** The position after the last item, if there may be more. */
  readonly last?: string;
}

export interface DeliveriesReader {
  find(id: DeliveryId, deadline: Deadline): Promise<StoredDelivery | undefined>;
  /** Returns up to a hundred deliveries of a range. */
  ofDay(stretch: DayStretch, deadline: Deadline): Promise<ListedDeliveries>;
  /** Makes a delivery due now with a restarted schedule; returns `false` during a request of it. */
  resend(id: DeliveryId, now: number, deadline: Deadline): Promise<boolean>;
  /** Removes request and answer, which may name the visitor. The outcome stays. */
  forget(id: DeliveryId, deadline: Deadline): Promise<void>;
}

const { bySource } = deliveryIndex;

export function deliveriesReader(client: DynamoDBClient, tableName: string): DeliveriesReader {
  async function rowsOf(keys: readonly Item[], deadline: Deadline): Promise<readonly StoredDelivery[]> {
    const rows: StoredDelivery[] = [];
    let left = [...keys];
    while (left.length > 0) {
      const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: left } } });
      const answer = await storageCall('reading deliveries', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      rows.push(...(answer.Responses?.[tableName] ?? []).map(readDelivery));
      left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    }
    return rows;
  }

  return {
    async find(id, deadline) {
      const command = new GetItemCommand({ TableName: tableName, Key: deliveryKey(id), ConsistentRead: true });
      const { Item: item } = await storageCall('reading a delivery', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      return item === undefined ? undefined : readDelivery(item);
    },

    async ofDay({ sourceId, from, to }, deadline) {
      const command = new QueryCommand({
        TableName: tableName,
        IndexName: bySource.name,
        KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#partition': bySource.partition, '#sort': bySource.sort },
        ExpressionAttributeValues: toItem({
          ':partition': sourceAndDay(sourceId, Date.parse(to.slice(0, to.indexOf('#')))),
          ':from': from,
          ':to': to,
        }),
        ScanIndexForward: false,
        Limit: pageSize,
      });
      const answer = await storageCall('listing deliveries', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      const keys = answer.Items ?? [];
      const ids = keys.map(deliveryIdOfKey);
      const rows = new Map((await rowsOf(ids.map(deliveryKey), deadline)).map((row) => [row.id, row]));
      const last = answer.LastEvaluatedKey === undefined ? undefined : keys.at(-1)?.[bySource.sort]?.S;
      return {
        deliveries: ids.flatMap((id) => rows.get(id) ?? []),
        ...(last !== undefined && { last }),
      };
    },

    async forget(id, deadline) {
      const removed = ['request', 'answer', 'detail'];
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: deliveryKey(id),
        UpdateExpression: `REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(removed.map((name) => [`#${name}`, name])),
      });
      await storageCall('erasing a delivery', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
    },

    async resend(id, now, deadline) {
      const set = { state: 'due', forced: true, attempts: 0, ...waitingFields(id, now) };
      const removed = ['reason', 'detail', 'firstTriedAt', 'lease', 'leasedUntil'];
      const names = Object.keys(set);
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: deliveryKey(id),
        UpdateExpression:
          `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} ` +
          `REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
        ConditionExpression:
          'attribute_exists(#state) AND (attribute_not_exists(#leasedUntil) OR #leasedUntil <= :now)',
        ExpressionAttributeNames: Object.fromEntries([...names, ...removed].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: toItem({
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
          ':now': now,
        }),
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
        return true;
      } catch (error) {
        if (isConditionFailed(error)) return false;
        return storageCall('resending a delivery', () => Promise.reject(error));
      }
    },
  };
}
