import { DeleteItemCommand, QueryCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { deliveryIndex, tableKey } from '../contract';
import type { DeliveryId } from '../domain/outbound/delivery-id';
import { abortSignal, type Deadline } from './deadline';
import { deliveryIdOfKey, deliveryKey, sourceAndDay, waitingFields } from './delivery-item';
import { isConditionFailed, toItem } from './item';
import { releaseKey, releasePartition } from './release-request';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
const pageSize = 100;
const mostAtOnce = 20;
const dayMilliseconds = 86_400_000;

/** A walk over the deliveries of a source after its suspension, by their time of creation. */
export interface Release {
  readonly sourceId: string;
  /** Identifies this walk: the next suspension of the source begins another one. */
  readonly begunAt: number;
  /** The position of the walk: a time, or the key of its last delivery. */
  readonly place: string;
  readonly until: number;
}

export interface ReleasePage {
  readonly ids: readonly DeliveryId[];
  /** The next position; `undefined` at the end of the walk. */
  readonly next: string | undefined;
}

export interface HeldReleases {
  /** Returns some of the unfinished walks. */
  pending(deadline: Deadline): Promise<readonly Release[]>;
  /** Returns up to a hundred deliveries of one day in any state, oldest first. */
  page(release: Release, deadline: Deadline): Promise<ReleasePage>;
  /** Makes a delivery due if the suspension holds it. */
  wake(id: DeliveryId, now: number, deadline: Deadline): Promise<boolean>;
  /** Saves the next position of the walk, or ends it. */
  moveOn(release: Release, next: string | undefined, deadline: Deadline): Promise<void>;
}

const { partition, sort } = tableKey.deliveries;
const { bySource } = deliveryIndex;
const rowSchema = v.object({ begunAt: v.number(), place: v.string(), until: v.number() });

/** Each source has one row for its walk, so that the next run of the sweep continues it. */
export function heldReleases(client: DynamoDBClient, tableName: string): HeldReleases {
  /** Returns `false` if the condition fails. */
  async function conditionally(what: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      return storageCall(what, () => Promise.reject(error));
    }
  }

  return {
    async pending(deadline) {
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#partition = :releases',
        ExpressionAttributeNames: { '#partition': partition },
        ExpressionAttributeValues: { ':releases': { S: releasePartition } },
        Limit: mostAtOnce,
      });
      const answer = await storageCall('reading what is to be released', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      return (answer.Items ?? []).map((item) => ({
        sourceId: item[sort]?.S ?? '',
        ...v.parse(rowSchema, unmarshall(item)),
      }));
    },

    async page({ sourceId, place, until }, deadline) {
      const day = Date.parse(`${place.slice(0, 10)}T00:00:00.000Z`);
      const command = new QueryCommand({
        TableName: tableName,
        IndexName: bySource.name,
        KeyConditionExpression: '#partition = :partition AND #sort > :place',
        ExpressionAttributeNames: { '#partition': bySource.partition, '#sort': bySource.sort },
        ExpressionAttributeValues: toItem({ ':partition': sourceAndDay(sourceId, day), ':place': place }),
        Limit: pageSize,
      });
      const answer = await storageCall('reading what was held', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      const items = answer.Items ?? [];
      const nextDay = day + dayMilliseconds;
      const last = answer.LastEvaluatedKey === undefined ? undefined : items.at(-1)?.[bySource.sort]?.S;
      return {
        ids: items.map(deliveryIdOfKey),
        next: last ?? (nextDay > until ? undefined : new Date(nextDay).toISOString()),
      };
    },

    async wake(id, now, deadline) {
      const set = waitingFields(id, now);
      const names = Object.keys(set);
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: deliveryKey(id),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression:
          '#state = :held AND #reason = :suspended AND (attribute_not_exists(leasedUntil) OR leasedUntil <= :now)',
        ExpressionAttributeNames: {
          ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
          '#state': 'state',
          '#reason': 'reason',
        },
        ExpressionAttributeValues: toItem({
          ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
          ':held': 'held',
          ':suspended': 'SOURCE_SUSPENDED',
          ':now': now,
        }),
      });
      return conditionally('releasing a delivery', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
    },

    async moveOn({ sourceId, begunAt }, next, deadline) {
      const condition = {
        TableName: tableName,
        Key: releaseKey(sourceId),
        // Another suspension may have ended meanwhile, whose walk begins elsewhere.
        ConditionExpression: 'begunAt = :begunAt',
      };
      const begun = { ':begunAt': { N: String(begunAt) } };
      const abort = { abortSignal: abortSignal(deadline, callMilliseconds) };
      await conditionally('saving the position of a release', () =>
        next === undefined
          ? client.send(new DeleteItemCommand({ ...condition, ExpressionAttributeValues: begun }), abort)
          : client.send(
              new UpdateItemCommand({
                ...condition,
                UpdateExpression: 'SET place = :next',
                ExpressionAttributeValues: { ...begun, ':next': { S: next } },
              }),
              abort,
            ),
      );
    },
  };
}
