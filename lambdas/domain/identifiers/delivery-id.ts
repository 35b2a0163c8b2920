import { createHash } from 'node:crypto';
import type { Conversion } from '../conversion/conversion';

/** 32 hexadecimal digits, made of what the delivery is about: the same change has the same ID, however often it is seen. */
export type DeliveryId = string & { readonly __brand: 'DeliveryId' };

/** The ID of a delivery of one conversion to one postback; `occasion` tells the deliveries of both apart. */
export function deliveryIdOf(
  { clickId, conversionKey }: Pick<Conversion, 'clickId' | 'conversionKey'>,
  sourceId: string,
  postbackId: string,
  occasion: string,
): DeliveryId {
  const parts = JSON.stringify([clickId, conversionKey, sourceId, postbackId, occasion]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32) as DeliveryId;
}

/** Reads the ID of a delivery; `undefined` where the text is none. */
export function readDeliveryId(text: string): DeliveryId | undefined {
  return /^[0-9a-f]{32}$/.test(text) ? (text as DeliveryId) : undefined;
}
