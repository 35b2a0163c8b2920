import { createHash } from 'node:crypto';
import type { Conversion } from '../conversion/conversion';

/** 32 hexadecimal digits, made of what the delivery is about: the same change has the same ID, however often it is seen. */
export type DeliveryId = string & { readonly __brand: 'DeliveryId' };

/**
 * Returns the ID of a delivery of one conversion to one postback; `occasion` distinguishes the deliveries of both. Its first half is the
 * same for all of them: they are stored together, and one read shows their order.
 */
export function deliveryIdOf(
  { clickId, conversionKey }: Pick<Conversion, 'clickId' | 'conversionKey'>,
  sourceId: string,
  postbackId: string,
  occasion: string,
): DeliveryId {
  const group = JSON.stringify([clickId, conversionKey, sourceId, postbackId]);
  return (halfOf(group) + halfOf(JSON.stringify([group, occasion]))) as DeliveryId;
}

/** Returns the common prefix of the IDs of all deliveries of one conversion to one postback: 16 hexadecimal digits. */
export function groupOf(id: DeliveryId): string {
  return id.slice(0, 16);
}

/** Reads the ID of a delivery; `undefined` where the text is none. */
export function readDeliveryId(text: string): DeliveryId | undefined {
  return /^[0-9a-f]{32}$/.test(text) ? (text as DeliveryId) : undefined;
}

function halfOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
