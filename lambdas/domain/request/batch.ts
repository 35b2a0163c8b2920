import { BudgetExceeded, ReadingBudget, readingLimits } from '../text/budget';
import { decodeText } from '../text/bytes';
import { readRecords, WrongCsv } from '../text/csv';
import { conversionLists } from '../text/body-text';
import { elementsOf, isJsonObject, parseKeepingNumbers } from '../text/json';
import { isMultipart } from '../text/multipart';
import { trimInvisible } from '../text/percent-encoding';

/** A row of a batch: the body that the same postback would have alone, a JSON object. */
export type BatchReading =
  | { readonly ok: true; readonly rows: readonly string[] }
  | { readonly ok: false; readonly reason: 'BODY_INVALID' | 'TOO_LARGE'; readonly message: string };

export const maximumRows = 1000;
/** Below the 6 MB that a function may be called with, base64 included. */
export const maximumBatchBytes = 4 * 1024 * 1024;
/** Letters of all rows together, once each has the names of its columns and what applies to its whole list. */
const maximumRowLetters = 2 * maximumBatchBytes;

const shapes = 'Send a JSON array of objects, one JSON object a line (NDJSON), or CSV with a header line.';

/** A problem of a batch as a whole. */
class WrongBatch extends Error {}

/**
 * Reads a batch by what it is: a JSON array, NDJSON, or CSV, in UTF-8, UTF-16 or Latin-1. Numbers keep the letters they were written in.
 * Each row has the budget of one postback, and none is built before it is known to fit.
 * @param bytes as `inflateBatch` made them
 */
export function readBatch(bytes: Uint8Array | undefined): BatchReading {
  if (bytes === undefined || bytes.length > maximumBatchBytes) {
    const size =
      bytes === undefined ? `more than ${maximumBatchBytes} bytes once it is decompressed` : `${bytes.length} bytes`;
    return reject('TOO_LARGE', `The batch has ${size}; ${maximumBatchBytes} are taken. Split it.`);
  }
  const text = trimInvisible(decodeText(bytes));
  if (text === '') return reject('BODY_INVALID', `The batch is empty. ${shapes}`);
  if (isMultipart(text)) return reject('BODY_INVALID', `The batch is a multipart form. ${shapes}`);
  const rows: string[] = [];
  let letters = 0;
  const add = (row: string): void => {
    if (rows.length >= maximumRows) {
      throw new BudgetExceeded(`The batch has more than ${maximumRows} rows. Split it.`);
    }
    letters += row.length;
    if (letters > maximumRowLetters) {
      throw new BudgetExceeded(`The rows of the batch hold more than ${maximumRowLetters} letters together. Split it.`);
    }
    rows.push(row);
  };
  try {
    if (text.startsWith('[')) readArray(text, add);
    else if (text.startsWith('{')) readLines(text, add);
    else readCsv(text, add);
  } catch (error) {
    if (error instanceof BudgetExceeded) return reject('TOO_LARGE', error.message);
    if (error instanceof WrongBatch) return reject('BODY_INVALID', `${error.message} ${shapes}`);
    throw error;
  }
  return rows.length === 0 ? reject('BODY_INVALID', `The batch has no rows. ${shapes}`) : { ok: true, rows };
}

/** Whether a body is a single JSON object. @param text of any length; what is beyond the budget of one postback is none */
export function isOneObject(text: string): boolean {
  try {
    return isJsonObject(trimInvisible(text), new ReadingBudget());
  } catch (error) {
    if (error instanceof BudgetExceeded) return false;
    throw error;
  }
}

function reject(reason: 'BODY_INVALID' | 'TOO_LARGE', message: string): BatchReading {
  return { ok: false, reason, message };
}

type Add = (row: string) => void;

function rowBudget(index: number): ReadingBudget {
  if (index >= maximumRows) throw new BudgetExceeded(`The batch has more than ${maximumRows} rows. Split it.`);
  return new ReadingBudget();
}

/** A row that is no object stays as it came: it is rejected alone, and the others count. */
function readArray(text: string, add: Add): void {
  const elements = elementsOf(text, rowBudget);
  if (elements === undefined) throw new WrongBatch('The batch starts like a JSON array but does not parse.');
  for (const { start, end } of elements) addRow(text.slice(start, end), add);
}

function readLines(text: string, add: Add): void {
  // One object over several lines would else be as many rows as lines, none of them whole.
  if (text.includes('\n') && text.length <= readingLimits.bytes && isOneObject(text)) return addRow(text, add);
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end).trim();
    start = end < 0 ? text.length : end + 1;
    if (line === '') continue;
    if (isJsonObject(line, new ReadingBudget())) addRow(line, add);
    else add(line);
  }
}

/** The form of a CSV: spreadsheets may name their separator in a line before the header. */
export interface CsvShape {
  readonly delimiter: string;
  /** The CSV from its header on. */
  readonly text: string;
}

/** Finds out by what a CSV separates its cells: by its first line, or by the header. */
export function csvShapeOf(text: string): CsvShape {
  const announced = /^"?sep=(.|\\t)"?\r?\n/i.exec(text);
  if (announced !== null) {
    const [line, mark = ','] = announced;
    return { delimiter: mark === '\\t' ? '\t' : mark, text: text.slice(line.length) };
  }
  const end = text.indexOf('\n');
  const header = text.slice(0, end < 0 ? text.length : end);
  // A mark within quotes belongs to a name.
  const bare = header.replace(/"[^"]*"/g, '');
  return { delimiter: [',', ';', '\t', '|'].find((mark) => bare.includes(mark)) ?? ',', text };
}

function readCsv(whole: string, add: Add): void {
  const { delimiter, text } = csvShapeOf(whole);
  checkLines(text);
  let names: readonly string[] | undefined;
  const onRecord = (cells: readonly string[]): void => {
    if (cells.length > readingLimits.pairs) {
      throw new BudgetExceeded(
        `A row of the CSV has more than ${readingLimits.pairs} columns. Send only what is read here.`,
      );
    }
    if (names === undefined) names = checkedHeader(cells);
    else if (hasSpareCells(cells, names.length)) add(cells.join(delimiter));
    else addRow(JSON.stringify(toObject(names, cells)), add);
  };
  try {
    readRecords(text, delimiter, readingLimits.bytes, onRecord);
  } catch (error) {
    if (!(error instanceof WrongCsv)) throw error;
    throw new WrongBatch('The batch is read as CSV and does not parse.');
  }
}

/** The parser builds a whole row before its cells can be counted, so it never gets a line that is too long for any row. */
function checkLines(text: string): void {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (length > readingLimits.bytes) {
      throw new BudgetExceeded(
        `A row of the CSV has more than ${readingLimits.bytes} bytes. Send only what is read here.`,
      );
    }
    start += length + 1;
  }
}

function checkedHeader(names: readonly string[]): readonly string[] {
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) < index);
  if (repeated === undefined) return names;
  throw new WrongBatch(`The header of the CSV names "${repeated.slice(0, 64)}" twice.`);
}

/** A row longer than its header has come apart at a comma within a value, as in `12,50`: no cell of it is to be trusted. */
function hasSpareCells(cells: readonly string[], columns: number): boolean {
  return cells.slice(columns).some((cell) => cell !== '');
}

function toObject(names: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(cells.flatMap((cell, at) => (names[at] === undefined ? [] : [[names[at], cell]])));
}

const mayHoldList = new RegExp(`"(?:${conversionLists.join('|')})"\\s*:`, 'i');

/**
 * Adds one object as one row, and one that holds several conversions of a click, as Post Affiliate Pro and CAKE aggregate them, as a row
 * for each: values beside the list apply to all of them.
 */
function addRow(row: string, add: Add): void {
  if (!mayHoldList.test(row)) return add(row);
  const value = parsed(row);
  const [name, list] = Object.entries(isObject(value) ? value : {}).find(([key]) => isListName(key)) ?? [];
  const conversions = typeof list === 'string' ? parsed(list) : list;
  if (!isObject(value) || name === undefined || !Array.isArray(conversions) || !conversions.some(isObject)) {
    return add(row);
  }
  const { [name]: _, ...shared } = value;
  for (const inner of conversions) add(JSON.stringify({ ...shared, ...(isObject(inner) && inner) }));
}

const isListName = (name: string): boolean => conversionLists.includes(name.trim().toLowerCase());

function parsed(text: string): unknown {
  try {
    return parseKeepingNumbers(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
