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

/** What an attempt, or the decision against one, makes of a delivery. What is absent is taken out of the row. */
export type DeliverySettlement = Pick<Delivery, 'state' | 'attempts'> &
  Partial<Pick<Delivery, 'reason' | 'detail' | 'dueAt' | 'firstTriedAt' | 'lastTriedAt' | 'answer' | 'request'>>;

const settledFields = ['reason', 'detail', 'firstTriedAt', 'lastTriedAt', 'answer', 'request'] as const;

/** A delivery of the index of what waits. */
export interface WaitingDelivery {
  readonly id: DeliveryId;
  readonly wakeAt: number;
}

export interface DeliveriesTable {
  /** Stores a planned delivery once; answers whether it is still to be queued, also where it was stored before. */
  plan(planned: PlannedDelivery, now: number, deadline: Deadline): Promise<'queue' | 'done'>;
  /**
   * Takes a delivery that is due for one attempt; `undefined` where it is over or waits, and `taken` where it is in other hands and nothing
   * but its message would bring it back: who holds it may be dead.
   */
  claim(id: DeliveryId, lease: Lease, now: number, deadline: Deadline): Promise<StoredDelivery | 'taken' | undefined>;
  /** All deliveries of the same conversion to the same postback. */
  ofGroup(id: DeliveryId, deadline: Deadline): Promise<readonly StoredDelivery[]>;
  /** Writes what became of a claimed delivery and gives it back; `false` where the lease ran out and somebody else took it. */
  settle(id: DeliveryId, lease: Lease, settlement: DeliverySettlement, deadline: Deadline): Promise<boolean>;
  /** Up to `most` deliveries of one shard that have waited long enough, the oldest first. */
  waiting(shard: string, now: number, most: number, deadline: Deadline): Promise<readonly WaitingDelivery[]>;
  /** Takes a queued delivery out of sight of the sweep for a while. */
  postpone(waiting: WaitingDelivery, wakeAt: number, deadline: Deadline): Promise<void>;
}

/** Names one attempt, and says until when nobody else may begin another. */
export interface Lease {
  readonly token: string;
  readonly until: number;
}

const { partition } = tableKey.deliveries;
const { due } = deliveryIndex;

export function deliveriesTable(client: DynamoDBClient, tableName: string): DeliveriesTable {
  /** `undefined` where its condition does not hold. */
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
        // The run before may have died between storing and queueing it.
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
        // The answer to our own first try was lost.
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
          // Whoever settled it meanwhile has set its time anew, or taken it out.
          ConditionExpression: '#wakeAt = :before',
          ExpressionAttributeNames: { '#wakeAt': due.sort },
          ExpressionAttributeValues: { ':before': { N: String(before) }, ':after': { N: String(wakeAt) } },
        },
        deadline,
      );
    },
  };
}
