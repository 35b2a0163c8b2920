import {
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { deliveryIndex, tableKey } from '../contract';
import { groupOf, type DeliveryId } from '../domain/outbound/delivery-id';
import type { Delivery, PlannedDelivery } from '../domain/outbound/delivery';
import { abortSignal, type Deadline } from './deadline';
import {
  deliveryIdOfKey,
  deliveryKey,
  readDelivery,
  waitingFields,
  writePlanned,
  type StoredDelivery,
} from './delivery-item';
import { isConditionFailed, toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;

/** The new state of a delivery after an attempt or a decision against one. Absent fields are removed from the row. */
export type DeliverySettlement = Pick<Delivery, 'state' | 'attempts'> &
  Partial<Pick<Delivery, 'reason' | 'detail' | 'dueAt' | 'firstTriedAt' | 'lastTriedAt' | 'answer' | 'request'>>;

const settledFields = ['reason', 'detail', 'firstTriedAt', 'lastTriedAt', 'answer', 'request'] as const;

/** A delivery in the index of waiting ones. */
export interface WaitingDelivery {
  readonly id: DeliveryId;
  readonly wakeAt: number;
}

export interface DeliveriesTable {
  /** Stores a planned delivery once; returns whether it must be queued, also if it was stored before. */
  plan(planned: PlannedDelivery, now: number, deadline: Deadline): Promise<'queue' | 'done'>;
  /**
   * Claims a due delivery for one attempt. Returns `undefined` if it is over or waits, and `taken` if another run has claimed it and only
   * its message would bring it back: that run may be dead.
   */
  claim(id: DeliveryId, lease: Lease, now: number, deadline: Deadline): Promise<StoredDelivery | 'taken' | undefined>;
  /** All deliveries of the same conversion to the same postback. */
  ofGroup(id: DeliveryId, deadline: Deadline): Promise<readonly StoredDelivery[]>;
  /** Writes the outcome of a claimed delivery and releases it; returns `false` if the lease expired and another run has claimed it. */
  settle(id: DeliveryId, lease: Lease, settlement: DeliverySettlement, deadline: Deadline): Promise<boolean>;
  /** Returns up to `most` due deliveries of one shard, oldest first. */
  waiting(shard: string, now: number, most: number, deadline: Deadline): Promise<readonly WaitingDelivery[]>;
  /** Hides a queued delivery from the sweep for a while. */
  postpone(waiting: WaitingDelivery, wakeAt: number, deadline: Deadline): Promise<void>;
}

/** Identifies one attempt, and the time until which no other may begin. */
export interface Lease {
  readonly token: string;
  readonly until: number;
}

const { partition } = tableKey.deliveries;
const { due } = deliveryIndex;

export function deliveriesTable(client: DynamoDBClient, tableName: string): DeliveriesTable {
  /** Returns `undefined` if the condition fails. */
  async function update(
    what: string,
    input: Omit<UpdateItemCommandInput, 'TableName'>,
    deadline: Deadline,
  ): Promise<{ readonly item: Item | undefined } | undefined> {
    const command = new UpdateItemCommand({ TableName: tableName, ...input });
    try {
      const answer = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      return { item: answer.Attributes };
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      return storageCall(what, () => Promise.reject(error));
    }
  }

  return {
    async plan(planned, now, deadline) {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: writePlanned(planned, now),
        ConditionExpression: `attribute_not_exists(#partition)`,
        ExpressionAttributeNames: { '#partition': partition },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
        return planned.state === 'due' ? 'queue' : 'done';
      } catch (error) {
        if (!isConditionFailed(error)) return storageCall('storing a delivery', () => Promise.reject(error));
        // An earlier run may have died between storing and queueing it.
        const stored = error.Item === undefined ? undefined : readDelivery(error.Item);
        return stored?.state === 'due' && stored.attempts === 0 && stored.dueAt === undefined ? 'queue' : 'done';
      }
    },

    async claim(id, { token, until }, now, deadline) {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: deliveryKey(id),
        UpdateExpression: 'SET lease = :token, leasedUntil = :until',
        ConditionExpression:
          '#state IN (:due, :held) AND (attribute_not_exists(dueAt) OR dueAt <= :now) AND ' +
          '(attribute_not_exists(leasedUntil) OR leasedUntil <= :now)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: toItem({
          ':token': token,
          ':until': until,
          ':now': now,
          ':due': 'due',
          ':held': 'held',
        }),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        const answer = await client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
        return answer.Attributes === undefined ? undefined : readDelivery(answer.Attributes);
      } catch (error) {
        if (!isConditionFailed(error)) return storageCall('claiming a delivery', () => Promise.reject(error));
        const stored = error.Item === undefined ? undefined : readDelivery(error.Item);
        // The answer to the first attempt of this write was lost.
        if (stored?.lease === token) return stored;
        const isTaken = stored?.leasedUntil !== undefined && stored.dueAt === undefined;
        return isTaken && (stored.state === 'due' || stored.state === 'held') ? 'taken' : undefined;
      }
    },

    async ofGroup(id, deadline) {
      const found: StoredDelivery[] = [];
      let startKey: Item | undefined;
      do {
        const command = new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#partition = :group',
          ExpressionAttributeNames: { '#partition': partition },
          ExpressionAttributeValues: { ':group': { S: groupOf(id) } },
          ConsistentRead: true,
          ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
        });
        const answer = await storageCall('reading the deliveries of a conversion', () =>
          client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
        );
        found.push(...(answer.Items ?? []).map(readDelivery));
        startKey = answer.LastEvaluatedKey;
      } while (startKey !== undefined);
      return found;
    },

    async settle(id, { token }, settlement, deadline) {
      const { state, attempts, dueAt } = settlement;
      const values: Record<string, unknown> = {
        state,
        attempts,
        ...(dueAt !== undefined && waitingFields(id, dueAt)),
        ...Object.fromEntries(settledFields.map((name) => [name, settlement[name]])),
      };
      const set = Object.keys(values).filter((name) => values[name] !== undefined);
      const always = ['lease', 'leasedUntil', 'forced'];
      const removed = [...settledFields, 'dueAt', due.partition, due.sort].filter((name) => !set.includes(name));
      const names = [...set, ...removed, ...always];
      const updated = await update(
        'settling a delivery',
        {
          Key: deliveryKey(id),
          UpdateExpression:
            `SET ${set.map((name) => `#${name} = :${name}`).join(', ')} ` +
            `REMOVE ${[...removed, ...always].map((name) => `#${name}`).join(', ')}`,
          ConditionExpression: '#lease = :token',
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: toItem({
            ...Object.fromEntries(set.map((name) => [`:${name}`, values[name]])),
            ':token': token,
          }),
        },
        deadline,
      );
      return updated !== undefined;
    },

    async waiting(shard, now, most, deadline) {
      const command = new QueryCommand({
        TableName: tableName,
        IndexName: due.name,
        KeyConditionExpression: '#shard = :shard AND #wakeAt <= :now',
        ExpressionAttributeNames: { '#shard': due.partition, '#wakeAt': due.sort },
        ExpressionAttributeValues: { ':shard': { S: shard }, ':now': { N: String(now) } },
        Limit: most,
      });
      const answer = await storageCall('reading the deliveries that are due', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      return (answer.Items ?? []).map((item) => ({ id: deliveryIdOfKey(item), wakeAt: Number(item[due.sort]?.N) }));
    },

    async postpone({ id, wakeAt: before }, wakeAt, deadline) {
      await update(
        'postponing a delivery',
        {
          Key: deliveryKey(id),
          UpdateExpression: 'SET #wakeAt = :after',
          // A concurrent settlement has changed its time or removed it.
          ConditionExpression: '#wakeAt = :before',
          ExpressionAttributeNames: { '#wakeAt': due.sort },
          ExpressionAttributeValues: { ':before': { N: String(before) }, ':after': { N: String(wakeAt) } },
        },
        deadline,
      );
    },
  };
}
