import { maximumBatchBytes, maximumRows } from '../../lambdas/domain/request/batch';

/** A postback from a file. */
export interface OutgoingRow {
  /** Its row in the file, from 1. */
  readonly number: number;
  /** A JSON object. */
  readonly body: string;
}

const encoder = new TextEncoder();

export interface Batch {
  readonly rows: readonly OutgoingRow[];
  /** A JSON array. */
  readonly body: string;
}

/** Splits postbacks into as few batches as the tracker accepts: up to 1,000 rows and 4 MB each, in the order of the file. */
export function splitIntoBatches(
  rows: readonly OutgoingRow[],
  { mostRows, mostBytes }: { readonly mostRows: number; readonly mostBytes: number } = {
    mostRows: maximumRows,
    mostBytes: maximumBatchBytes,
  },
): readonly Batch[] {
  const batches: OutgoingRow[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    // Each row has a comma before it, and the array two brackets.
    const size = encoder.encode(row.body).length + 1;
    const last = batches.at(-1);
    if (last === undefined || last.length >= mostRows || bytes + size > mostBytes) {
      batches.push([row]);
      bytes = 2 + size;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return batches.map((batch) => ({ rows: batch, body: `[${batch.map(({ body }) => body).join(',')}]` }));
}
