import { parse } from 'csv-parse/sync';
import type { ResultColumn } from './engine';
import { textOfValue } from './values';

/** The result file that Athena writes: every value in quotes, NULL as nothing, and the column names in the first line. */
export class ResultFile {
  private readonly lines: string[] = [];
  private columns: readonly ResultColumn[] = [];

  begin(columns: readonly ResultColumn[]): void {
    this.columns = columns;
    this.lines.push(columns.map(({ name }) => inQuotes(name)).join(','));
  }

  add(rows: readonly (readonly unknown[])[]): void {
    for (const row of rows) {
      const texts = this.columns.map(({ engineType }, at) => textOfValue(row[at], engineType));
      this.lines.push(texts.map((text) => (text === undefined ? '' : inQuotes(text))).join(','));
    }
  }

  toBuffer(): Buffer {
    return Buffer.from(`${this.lines.join('\n')}\n`);
  }
}

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The rows of such a file, its header first; `null` for NULL. */
export function readResultFile(file: Buffer): readonly (readonly (string | null)[])[] {
  const rows: unknown = parse(file, {
    // A row of one NULL is an empty line.
    skip_empty_lines: false,
    relax_column_count: true,
    cast: (value, { quoting }) => (quoting || value !== '' ? value : null),
  });
  return Array.isArray(rows) ? rows.map((row: unknown) => (Array.isArray(row) ? row.map(textOrNull) : [])) : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
