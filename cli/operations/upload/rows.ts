import { parse } from 'csv-parse/sync';
import { csvShapeOf, maximumRows, readBatch } from '../../../lambdas/domain/request/batch';
import { parseKeepingNumbers } from '../../../lambdas/domain/text/json';
import { usageFailure } from '../../../operator/failure';
import type { RowFields } from '../../../operator/upload/columns';

/** A row of a file: its fields, or its error. */
export interface FileRow {
  /** Its line or position in the file, from 1, without the header. */
  readonly number: number;
  readonly fields: RowFields;
  /** The error of a row, which is then not sent. */
  readonly problem?: string;
}

export interface UploadFile {
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
}

/** Reads a file of postbacks in any format: a JSON array, one JSON object per line, or CSV with a header line. */
export function readUpload(name: string, text: string): UploadFile {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw usageFailure(`${name} is empty.`);
  const first = trimmed.charAt(0);
  const rows = first === '[' ? readArray(name, trimmed) : first === '{' ? readLines(trimmed) : undefined;
  if (rows === undefined) return readCsv(name, trimmed);
  return { columns: [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))], rows };
}

function readArray(name: string, text: string): readonly FileRow[] {
  try {
    const values: unknown = parseKeepingNumbers(text);
    if (Array.isArray(values)) return values.map((value: unknown, at) => jsonRow(value, at + 1));
  } catch {
    // Reported below, like everything that is no array.
  }
  throw usageFailure(`${name} begins like a JSON array and does not parse.`);
}

function readLines(text: string): readonly FileRow[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      try {
        return jsonRow(parseKeepingNumbers(line), at + 1);
      } catch {
        return { number: at + 1, fields: {}, problem: 'The line is no JSON.' };
      }
    });
}

function jsonRow(value: unknown, number: number): FileRow {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { number, fields: { ...value } } : { number, fields: {}, problem: 'The row is no JSON object.' };
}

function readCsv(name: string, file: string): UploadFile {
  const { delimiter, text } = csvShapeOf(file);
  const records = parseCsv(name, text, delimiter);
  const [columns = [], ...rows] = records;
  const repeated = columns.find((column, at) => column !== '' && columns.indexOf(column) < at);
  if (repeated !== undefined) throw usageFailure(`The header of ${name} names "${repeated}" twice.`);
  return {
    columns: columns.filter((column) => column !== ''),
    rows: rows.map((cells, at) => csvRow(columns, cells, at + 1)),
  };
}

function parseCsv(name: string, text: string, delimiter: string): readonly (readonly string[])[] {
  try {
    return parse(text, { delimiter, skip_empty_lines: true, trim: true, relax_column_count: true });
  } catch (error) {
    throw usageFailure(`${name} is read as CSV and does not parse: ${error instanceof Error ? error.message : ''}`);
  }
}

/** A row longer than its header was split at a comma within a value: none of its cells is reliable. */
function csvRow(columns: readonly string[], cells: readonly string[], number: number): FileRow {
  const fields = Object.fromEntries(
    columns.flatMap((column, at) => {
      const cell = cells[at];
      return column === '' || cell === undefined ? [] : [[column, cell]];
    }),
  );
  if (!cells.slice(columns.length).some((cell) => cell !== '')) return { number, fields };
  const problem = 'The row has more cells than the header: put quotes around a value that holds the delimiter.';
  return { number, fields, problem };
}

/**
 * Reads the postbacks in a row as the tracker reads a batch: one, or several if the row holds a list of conversions.
 * @returns the error, if the tracker would not read the row
 */
export function postbacksOf(fields: RowFields): readonly string[] | string {
  const reading = readBatch(Buffer.from(JSON.stringify([fields])));
  if (reading.ok) return reading.rows;
  return reading.reason === 'TOO_LARGE'
    ? `The row holds more than ${maximumRows} conversions, or is too long.`
    : reading.message;
}
