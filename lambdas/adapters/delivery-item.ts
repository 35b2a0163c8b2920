import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { deliveryIndex, tableKey } from '../contract';
import { readDeliveryId, groupOf, type DeliveryId } from '../domain/outbound/delivery-id';
import {
  deliveryReasons,
  deliveryStates,
  overtakenReason,
  type Delivery,
  type PlannedDelivery,
} from '../domain/outbound/delivery';
import { httpMethods, postbackModes } from '../domain/configuration/outbound-postback';
import { amountText, clickIdText, currencyText, storedStatus, toItem, type Item } from './item';

const { partition, sort, timeToLive } = tableKey.deliveries;
const { due, bySource } = deliveryIndex;

const keptMilliseconds = 90 * 24 * 60 * 60_000;
/** Partitions of the index of waiting deliveries: a source that is down for days must not overload one of them. */
export const dueShards = ['0', '1', '2', '3'] as const;

/** A stored delivery, with the lease of the running request. */
export interface StoredDelivery extends Delivery {
  readonly lease?: string;
  readonly leasedUntil?: number;
  /** A person requested it: neither breaker nor suspension holds it. */
  readonly forced?: true;
}

const rowSchema = v.object({
  sourceId: v.string(),
  postbackId: v.string(),
  clickId: clickIdText,
  conversionKey: v.string(),
  conversionVersion: v.number(),
  when: v.picklist(postbackModes),
  event: v.string(),
  status: storedStatus,
  amount: v.exactOptional(amountText),
  currency: v.exactOptional(currencyText),
  state: v.picklist(deliveryStates),
  reason: v.exactOptional(v.picklist(deliveryReasons)),
  detail: v.exactOptional(v.string()),
  attempts: v.number(),
  dueAt: v.exactOptional(v.number()),
  createdAt: v.number(),
  firstTriedAt: v.exactOptional(v.number()),
  lastTriedAt: v.exactOptional(v.number()),
  answer: v.exactOptional(v.object({ httpStatus: v.exactOptional(v.number()), text: v.string() })),
  request: v.exactOptional(v.object({ method: v.picklist(httpMethods), url: v.string() })),
  lease: v.exactOptional(v.string()),
  leasedUntil: v.exactOptional(v.number()),
  forced: v.exactOptional(v.literal(true)),
});

export function deliveryKey(id: DeliveryId): Item {
  return toItem({ [partition]: groupOf(id), [sort]: id.slice(groupOf(id).length) });
}

/** Derives the ID from the key. */
export function deliveryIdOfKey(item: Item): DeliveryId {
  const id = readDeliveryId(`${item[partition]?.S ?? ''}${item[sort]?.S ?? ''}`);
  if (id === undefined) throw new Error('a row of the deliveries has no ID');
  return id;
}

export function writePlanned(planned: PlannedDelivery, now: number): Item {
  const { id, ...fields } = planned;
  return {
    ...deliveryKey(id),
    ...toItem({
      ...fields,
      attempts: 0,
      createdAt: now,
      [timeToLive]: Math.ceil((now + keptMilliseconds) / 1000),
      [bySource.partition]: sourceAndDay(planned.sourceId, now),
      [bySource.sort]: `${new Date(now).toISOString()}#${id}`,
    }),
  };
}

/** Returns the partition that lists the deliveries of one source and one UTC day. */
export function sourceAndDay(sourceId: string, at: number): string {
  return `${sourceId}#${new Date(at).toISOString().slice(0, 10)}`;
}

/** Returns the attributes that put a delivery into the index of waiting ones. */
export function waitingFields(id: DeliveryId, dueAt: number): Readonly<Record<string, string | number>> {
  const shard = dueShards[Number.parseInt(id.slice(0, 1), 16) % dueShards.length] ?? dueShards[0];
  return { dueAt, [due.partition]: shard, [due.sort]: dueAt };
}

export function readDelivery(item: Item): StoredDelivery {
  const row = v.parse(rowSchema, unmarshall(item));
  const reason = row.state === 'superseded' ? overtakenReason : row.reason;
  return { id: deliveryIdOfKey(item), ...row, ...(reason !== undefined && { reason }) };
}
