import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { messageOf, usageFailure } from '../../../operator/failure';

/** Rates by day and by currency: the value of one unit of the base in that currency. */
export type Days = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface RatesFile {
  /** By month, such as `2026-11`. */
  readonly months: ReadonlyMap<string, Days>;
  readonly days: number;
  /** Days before any click that this tracker can know. */
  readonly tooOld: number;
}

const firstDay = '2020-01-01';
const table = v.array(v.array(v.string()));

/**
 * Reads rates as the European Central Bank publishes them: `Date` and a column per currency, a line per day. Empty and `N/A` cells have
 * no rate.
 */
export function readRates(text: string): RatesFile {
  const [header, ...lines] = read(text);
  const [first = '', ...codes] = header?.map((cell) => cell.toUpperCase()) ?? [];
  const wrong = codes.find((code) => code !== '' && !/^[A-Z]{3}$/.test(code));
  if (first !== 'DATE' || wrong !== undefined || codes.length === 0) {
    throw usageFailure('The first line must be "Date" and currency codes, such as "Date,USD,JPY".');
  }
  const months = new Map<string, Record<string, Readonly<Record<string, string>>>>();
  let [days, tooOld] = [0, 0];
  for (const [index, [date = '', ...cells]] of lines.entries()) {
    const day = dayOf(date);
    if (day === undefined) throw usageFailure(`Line ${index + 2} begins with "${date}", which is no day.`);
    if (day < firstDay) {
      tooOld += 1;
      continue;
    }
    const rates = codes.flatMap((code, at): [string, string][] => {
      const cell = cells[at] ?? '';
      if (code === '' || cell === '' || cell.toUpperCase() === 'N/A') return [];
      if (/^\d{1,12}(\.\d{1,12})?$/.test(cell) && /[1-9]/.test(cell)) return [[code, cell]];
      throw usageFailure(`Line ${index + 2} has "${cell}" for ${code}, which is no rate above 0.`);
    });
    const month = months.get(day.slice(0, 7)) ?? {};
    months.set(day.slice(0, 7), { ...month, [day]: Object.fromEntries(rates) });
    days += 1;
  }
  return { months, days, tooOld };
}

function read(text: string): readonly (readonly string[])[] {
  try {
    return v.parse(table, parse(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true }));
  } catch (error) {
    throw usageFailure(`The file is not CSV: ${messageOf(error)}.`);
  }
}

const isoDay = /^\d{4}-\d\d-\d\d$/;
/** The format of dates in the file of the newest day alone. */
const spelledDay = /^\d{1,2} [A-Z][a-z]+ \d{4}$/;

function dayOf(text: string): string | undefined {
  if (!isoDay.test(text) && !spelledDay.test(text)) return undefined;
  const milliseconds = Date.parse(isoDay.test(text) ? text : `${text} UTC`);
  if (Number.isNaN(milliseconds)) return undefined;
  const day = new Date(milliseconds).toISOString().slice(0, 10);
  return isoDay.test(text) && day !== text ? undefined : day;
}
