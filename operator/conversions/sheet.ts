import { stringify } from 'csv-stringify/sync';
import type { Conversion } from '../answers';

export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const columns = [
  'clickId',
  'event',
  'transactionId',
  'campaign',
  'integration',
  'source',
  'status',
  'amount',
  'currency',
  'test',
  'repeated',
  'version',
  'recordedAt',
  'changedAt',
] as const satisfies readonly (keyof Conversion)[];

/** What the tracker itself made, and no sender: a leading minus is a minus. */
const numeric: readonly string[] = ['amount', 'version'];

/**
 * Conversions as text of a file. A spreadsheet runs what begins with `=`, `+`, `-` or `@` as a formula, and senders choose event and
 * transaction ID: such a cell gets an apostrophe before it.
 */
export function conversionsText(conversions: readonly Conversion[], format: ExportFormat, withHeader: boolean): string {
  if (format === 'ndjson') return conversions.map((conversion) => `${JSON.stringify(conversion)}\n`).join('');
  return stringify([...conversions], {
    columns: [...columns],
    header: withHeader,
    cast: {
      boolean: (value) => (value ? 'yes' : 'no'),
      string: (value, { column }) => ({ value, escape_formulas: !numeric.includes(String(column)) }),
    },
  });
}
