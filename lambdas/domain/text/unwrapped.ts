/** A text without its encodings, letter by letter, so that what is found in it can be found in the text as it came. */
export interface Unwrapped {
  readonly text: string;
  /** Returns the index in the source where the letter at `index` begins; the length of `text` maps to the end of the source. */
  sourceIndex(index: number): number;
}

/** Percent signs however often encoded; escapes of JSON and JavaScript however often escaped; character references of HTML. */
const escape = /%(?:25)*([\da-f]{2})|(?<!\\)\\+(?:u([\da-f]{4})|x([\da-f]{2}))|&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi;

/** Without one of these a text is as it was. */
const isWrapped = /[%\\]|&#/;

/** Maximum number of encodings that are undone; deeper text was wrapped to be hidden. */
const mostPasses = 12;

/** Replaces a byte that is part of a letter, and for a letter that takes two. */
const someLetter = 'é';

/** Undoes percent encoding, escapes and character references, in any mixture; costs a few passes over the text. */
function unwrap(source: string): Unwrapped {
  let text = source;
  let starts: readonly number[] | undefined;
  for (let pass = 0; pass < mostPasses; pass++) {
    const matches = [...text.matchAll(escape)];
    if (matches.length === 0) break;
    const startOf = indexer(starts, source.length);
    const letters: string[] = [];
    const next: number[] = [];
    let at = 0;
    const copyUpTo = (end: number): void => {
      letters.push(text.slice(at, end));
      for (; at < end; at++) next.push(startOf(at));
    };
    for (const match of matches) {
      copyUpTo(match.index);
      letters.push(letterOf(match));
      next.push(startOf(at));
      at += match[0].length;
    }
    copyUpTo(text.length);
    text = letters.join('');
    starts = next;
  }
  return { text, sourceIndex: indexer(starts, source.length) };
}

function indexer(starts: readonly number[] | undefined, end: number): (index: number) => number {
  return starts === undefined ? (index) => index : (index) => starts[index] ?? end;
}

/** Always one unit of text. */
function letterOf([, percent, unicode, hex, reference, decimal]: readonly (string | undefined)[]): string {
  const code =
    decimal === undefined ? Number.parseInt(percent ?? unicode ?? hex ?? reference ?? '', 16) : Number(decimal);
  if (percent !== undefined && code > 0x7f) return someLetter;
  return code > 0xffff || (code >= 0xd800 && code <= 0xdfff) ? someLetter : String.fromCharCode(code);
}

/** The same without a place in the source, at a fraction of the cost. */
export function unwrappedText(source: string): string {
  let text = source;
  for (let pass = 0; pass < mostPasses; pass++) {
    const before = text;
    // A percent sign that is encoded becomes one: the same as below, at a tenth of the cost for a body of nothing else.
    text = before.replace(/%(?:25)+/g, '%').replace(escape, (...match: string[]) => letterOf(match));
    if (text === before) break;
  }
  return text;
}

/**
 * Replaces what a pattern finds in the text without its encodings; everything else stays as it came, encodings included.
 * @param pattern with the flag `g`
 * @param sign what every match holds, and is cheap to look for
 */
export function replaceUnwrapped(
  source: string,
  pattern: RegExp,
  sign: RegExp,
  replacement: (match: readonly string[]) => string,
): string {
  if (!sign.test(isWrapped.test(source) ? unwrappedText(source) : source)) return source;
  const { text, sourceIndex } = unwrap(source);
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(source.slice(at, sourceIndex(match.index)), replacement(match));
    at = sourceIndex(match.index + match[0].length);
  }
  return at === 0 ? source : [...parts, source.slice(at)].join('');
}
