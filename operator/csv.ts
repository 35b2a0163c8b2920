/** Formats a cell of a CSV file. `foreign` text comes from outside: a spreadsheet must not run it as a formula. */
export type CsvCell = string | { readonly foreign: string };

/** One line of RFC 4180, ended by a line feed. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(writtenCell).join(',')}\n`;
}

function writtenCell(cell: CsvCell): string {
  const text = typeof cell === 'string' ? cell : guarded(cell.foreign);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Puts an apostrophe before the first character of a formula, fullwidth characters included. */
function guarded(text: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}
