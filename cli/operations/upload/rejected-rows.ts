import { csvLine } from '../../../operator/csv';
import { cellOf } from '../../terminal/table';
import type { RowFields } from '../../../operator/upload/columns';

/** A rejected row as written in the file, and its reason. */
export interface RejectedRow {
  /** Its place in the file, from 1. */
  readonly number: number;
  readonly fields: RowFields;
  readonly reason: string;
  readonly message: string;
}

/** `orders.csv` → `orders.refused.csv`, and `orders.refused.csv` stays unchanged. */
export function rejectedFileOf(file: string): string {
  return `${file.replace(/(?:\.refused)?\.(?:csv|tsv|txt|json|ndjson|jsonl)$/i, '')}.refused.csv`;
}

/** Writes the rejected rows as a file to fix and upload again: their columns, then `reason` and `message`. */
export function rejectedText(columns: readonly string[], rejected: readonly RejectedRow[]): string {
  const own = columns.filter((column) => column !== 'reason' && column !== 'message');
  const inOrder = [...rejected].sort((left, right) => left.number - right.number);
  const lines = inOrder.map(({ fields, reason, message }) =>
    csvLine([
      ...own.map((column) => cellOf(fields[column] ?? '')),
      reason,
      // A message repeats sender text, which a spreadsheet must not run. The sender's cells stay unchanged.
      { foreign: message },
    ]),
  );
  return csvLine([...own, 'reason', 'message']) + lines.join('');
}
