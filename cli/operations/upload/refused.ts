import { csvLine } from '../../../operator/csv';
import { cellOf } from '../../terminal/table';
import type { RowFields } from '../../../operator/upload/columns';

/** A row that did not count, as it stood in the file, and why. */
export interface RefusedRow {
  /** Its place in the file, from 1. */
  readonly number: number;
  readonly fields: RowFields;
  readonly reason: string;
  readonly message: string;
}

/** `orders.csv` → `orders.refused.csv`, and that itself stays what it is. */
export function refusedFileOf(file: string): string {
  return `${file.replace(/(?:\.refused)?\.(?:csv|tsv|txt|json|ndjson|jsonl)$/i, '')}.refused.csv`;
}

/** The refused rows as a file to mend and upload again: their own columns, and `reason` and `message` behind them. */
export function refusedText(columns: readonly string[], refused: readonly RefusedRow[]): string {
  const own = columns.filter((column) => column !== 'reason' && column !== 'message');
  const inOrder = [...refused].sort((left, right) => left.number - right.number);
  const lines = inOrder.map(({ fields, reason, message }) =>
    csvLine([
      ...own.map((column) => cellOf(fields[column] ?? '')),
      reason,
      // It repeats what a sender wrote, and a spreadsheet must not run it. The sender's own cells stay as they came.
      { foreign: message },
    ]),
  );
  return csvLine([...own, 'reason', 'message']) + lines.join('');
}
