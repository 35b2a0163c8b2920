/** What a spreadsheet would run as a formula, or read as one after a tab or a line break. */
const formula = /^[=+\-@\t\r＝＋－＠]/;
const special = /[",\r\n]/;

export interface CsvColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => string;
  /** What the tracker itself made: a leading minus is a minus. */
  readonly own?: boolean;
}

/** Rows as CSV. A cell that a sender chose and a spreadsheet would run gets an apostrophe before it. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map(({ value, own }) => cellOf(value(row), own === true)).join(','));
  return [columns.map(({ name }) => cellOf(name, true)).join(','), ...lines].map((line) => `${line}\n`).join('');
}

function cellOf(text: string, own: boolean): string {
  const guarded = !own && formula.test(text) ? `'${text}` : text;
  return special.test(guarded) || guarded !== text ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Hands a text to the browser as a file. The mark at its beginning makes spreadsheets read it as UTF-8. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `conversions prod 2026-11-01T00-00Z to 2026-11-30T00-00Z.csv`, in letters that every file system takes. */
export function fileName(what: string, stage: string, since: number, until: number): string {
  const time = (milliseconds: number): string =>
    `${new Date(milliseconds).toISOString().slice(0, 16).replace(':', '-')}Z`;
  return `${what}_${stage}_${time(since)}_${time(until)}.csv`.replace(/[^\w.-]/g, '-');
}
