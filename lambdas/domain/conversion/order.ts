import { createHash } from 'node:crypto';
import type { Conversion } from './conversion';

/** By which a sale is found by its order ID: which click has it. */
export interface Order {
  /** A digest of the transaction ID: what stands in the index names no order and no person. */
  readonly digest: string;
  readonly clickId: string;
}

/** What a change of a conversion does to the index of orders. */
export type OrderChange = (Order & { readonly what: 'added' | 'removed' }) | undefined;

const digestBytes = 16;

export function orderDigest(transactionId: string): string {
  return createHash('sha256').update(transactionId).digest().subarray(0, digestBytes).toString('base64url');
}

/** A transaction ID is part of a conversion's key: it comes with the first row, and goes where the person is forgotten. */
export function orderChange(before: Conversion | undefined, after: Conversion | undefined): OrderChange {
  const { transactionId, clickId } = after ?? before ?? {};
  if (transactionId === undefined || clickId === undefined) return undefined;
  const order = { digest: orderDigest(transactionId), clickId };
  if (after === undefined || (after.erased === true && before?.erased !== true)) return { ...order, what: 'removed' };
  return before === undefined ? { ...order, what: 'added' } : undefined;
}
