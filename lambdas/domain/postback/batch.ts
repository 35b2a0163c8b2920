import { parse } from 'csv-parse/sync';
import { parseKeepingNumbers } from './json';
import { trimInvisible } from './percent-encoding';

/** A row of a batch: the body that the same postback would have alone, a JSON object. */
export type BatchReading =
  | { readonly ok: true; readonly rows: readonly string[] }
  | { readonly ok: false; readonly reason: 'BODY_INVALID' | 'TOO_LARGE'; readonly message: string };

export const maximumRows = 1000;
/** Below the 6 MB that a function may be called with, base64 included. */
export const maximumBatchBytes = 4 * 1024 * 1024;

const shapes = 'Send a JSON array of objects, one JSON object a line (NDJSON), or CSV with a header line.';

/** Reads a batch by what it is: a JSON array, NDJSON, or CSV. Numbers keep the letters they were written in. */
export function readBatch(bytes: Uint8Array): BatchReading {
  if (bytes.length > maximumBatchBytes) {
    return refuse('TOO_LARGE', `The batch has ${bytes.length} bytes; ${maximumBatchBytes} are taken. Split it.`);
  }
  const text = trimInvisible(Buffer.from(bytes).toString('utf8'));
  if (text === '') return refuse('BODY_INVALID', `The batch is empty. ${shapes}`);
  const rows = text.startsWith('[') ? readArray(text) : text.startsWith('{') ? readLines(text) : readCsv(text);
  if (typeof rows === 'string') return refuse('BODY_INVALID', `${rows} ${shapes}`);
  if (rows.length === 0) return refuse('BODY_INVALID', `The batch has no rows. ${shapes}`);
  if (rows.length > maximumRows) {
    return refuse('TOO_LARGE', `The batch has ${rows.length} rows; ${maximumRows} are taken. Split it.`);
  }
  return { ok: true, rows };
}

function refuse(reason: 'BODY_INVALID' | 'TOO_LARGE', message: string): BatchReading {
  return { ok: false, reason, message };
}

/** The rows, or what is wrong. A row that is no object stays as it came: it is refused by itself, and the others count. */
function readArray(text: string): readonly string[] | string {
  try {
    const array: unknown = parseKeepingNumbers(text);
    return Array.isArray(array) ? array.flatMap(toRows) : 'The batch is no JSON array.';
  } catch {
    return 'The batch starts like a JSON array but does not parse.';
  }
}

function readLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      try {
        return toRows(parseKeepingNumbers(line));
      } catch {
        return [line];
      }
    });
}

function readCsv(text: string): readonly string[] | string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t', '|'].find((mark) => header.includes(mark)) ?? ',';
  try {
    const [names = [], ...records]: string[][] = parse(text, {
      delimiter,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    });
    const repeated = names.find((name, index) => name !== '' && names.indexOf(name) < index);
    if (repeated !== undefined) return `The header of the CSV names "${repeated.slice(0, 64)}" twice.`;
    return records.flatMap((cells) =>
      hasSpareCells(cells, names.length) ? [cells.join(delimiter)] : toRows(toObject(names, cells)),
    );
  } catch {
    return 'The batch is read as CSV and does not parse.';
  }
}

/** A row longer than its header has come apart at a comma within a value, as in `12,50`: no cell of it is to be trusted. */
function hasSpareCells(cells: readonly string[], columns: number): boolean {
  return cells.slice(columns).some((cell) => cell !== '');
}

function toObject(names: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(cells.flatMap((cell, at) => (names[at] === undefined ? [] : [[names[at], cell]])));
}

/**
 * One object is one row, and one that holds several conversions of a click, as Post Affiliate Pro and CAKE aggregate them, is a row for
 * each: what stands beside the list holds for all of them.
 */
function toRows(value: unknown): readonly string[] {
  if (!isObject(value)) return [JSON.stringify(value)];
  const { [aggregateName]: aggregated, ...shared } = value;
  if (!Array.isArray(aggregated) || aggregated.length === 0) return [JSON.stringify(value)];
  return aggregated.map((inner: unknown) => JSON.stringify({ ...shared, ...(isObject(inner) && inner) }));
}

const aggregateName = 'conversions';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
