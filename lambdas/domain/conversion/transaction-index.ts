import { createHash } from 'node:crypto';
import type { Conversion } from './conversion';

/** The index entry that finds a sale by its transaction ID, such as an order ID: it names the click. */
export interface IndexedTransaction {
  /** A digest of the transaction ID: the index names neither an order nor a person. */
  readonly digest: string;
  readonly clickId: string;
}

/** The effect of a conversion's change on the index of transaction IDs. */
export type TransactionChange = (IndexedTransaction & { readonly what: 'added' | 'removed' }) | undefined;

const digestBytes = 16;

export function transactionDigest(transactionId: string): string {
  return createHash('sha256').update(transactionId).digest().subarray(0, digestBytes).toString('base64url');
}

/** A transaction ID is part of a conversion's key: it comes with the first row, and is removed when the person is erased. */
export function transactionChange(before: Conversion | undefined, after: Conversion | undefined): TransactionChange {
  const row = after ?? before;
  if (row?.transactionId === undefined) return undefined;
  const indexed = { digest: transactionDigest(row.transactionId), clickId: row.clickId };
  if (after === undefined || (after.erased === true && before?.erased !== true)) return { ...indexed, what: 'removed' };
  return before === undefined ? { ...indexed, what: 'added' } : undefined;
}
