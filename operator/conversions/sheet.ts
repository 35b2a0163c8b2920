import type { Conversion } from '../answers';
import { csvLine, type CsvCell } from '../csv';

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

/** A value of the tracker, not of a sender: a leading minus is a minus. */
const numeric: readonly string[] = ['amount', 'version'];

/** Writes conversions as the text of a file. Senders choose event and transaction ID, which a spreadsheet must not run as a formula. */
export function conversionsText(conversions: readonly Conversion[], format: ExportFormat, withHeader: boolean): string {
  if (format === 'ndjson') return conversions.map((conversion) => `${JSON.stringify(conversion)}\n`).join('');
  const lines = conversions.map((conversion) => csvLine(columns.map((column) => cellOf(column, conversion[column]))));
  return [...(withHeader ? [csvLine(columns)] : []), ...lines].join('');
}

function cellOf(column: string, value: string | number | boolean | undefined): CsvCell {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = value === undefined ? '' : String(value);
  return numeric.includes(column) ? text : { foreign: text };
}
