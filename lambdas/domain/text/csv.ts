/** A text is no CSV: a quote stands where none may, or is never closed. */
export class WrongCsv extends Error {}

const isBlank = (letter: string | undefined): boolean => letter === ' ' || letter === '\t' || letter === '\f';
const isLineEnd = (letter: string | undefined): boolean => letter === '\n' || letter === '\r';

/**
 * Reads CSV record by record, as RFC 4180 has it: cells in quotes may hold separators, line ends and doubled quotes. Blanks around a cell
 * and empty lines do not count; records may be of any length. A library that does this is a tenth of the bundle that each sender waits for.
 * @param maximumLetters of one record; a longer one throws
 * @throws {WrongCsv}
 */
export function readRecords(
  text: string,
  delimiter: string,
  maximumLetters: number,
  onRecord: (cells: readonly string[]) => void,
): void {
  let at = 0;
  while (at < text.length) {
    const start = at;
    const cells: string[] = [];
    let isQuoted = false;
    for (let more = true; more;) {
      while (text[at] !== delimiter && isBlank(text[at])) at++;
      if (text[at] === '"') {
        isQuoted = true;
        const { value, end } = quotedCell(text, at + 1);
        cells.push(value);
        at = end;
        while (text[at] !== delimiter && isBlank(text[at])) at++;
        if (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) throw new WrongCsv();
      } else {
        const from = at;
        while (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) at++;
        let end = at;
        while (end > from && isBlank(text[end - 1])) end--;
        const value = text.slice(from, end);
        if (value.includes('"')) throw new WrongCsv();
        cells.push(value);
      }
      if (at - start > maximumLetters) throw new WrongCsv();
      more = text[at] === delimiter;
      if (more) at++;
    }
    if (isQuoted || cells.length > 1 || cells[0] !== '') onRecord(cells);
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
  }
}

/** The cell that begins behind a quote, and the place behind the quote that ends it. */
function quotedCell(text: string, start: number): { readonly value: string; readonly end: number } {
  const parts: string[] = [];
  for (let from = start; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new WrongCsv();
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: parts.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}
