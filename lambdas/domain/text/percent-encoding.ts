import { latin1, strictUtf8 } from './bytes';

/**
 * Decodes one name or value of a query or form. `+` is a blank; a `%` that starts no escape stays as it is (an unreplaced
 * `%TRANSACTION_ID%` must be seen as sent); bytes that are no UTF-8 are read as Latin-1, so that two different values stay different.
 */
export function decodeComponent(text: string): string {
  return decodePercent(text.replaceAll('+', ' '));
}

/** The same without the meaning of `+`. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
}

function decodeRun(escapes: string): string {
  if (escapes.length === 3) {
    // One byte is ASCII, or Latin-1 where it is no UTF-8: in both, its number is its letter.
    return String.fromCharCode(Number.parseInt(escapes.slice(1), 16));
  }
  const bytes = Uint8Array.from(escapes.slice(1).split('%'), (digits) => Number.parseInt(digits, 16));
  return strictUtf8(bytes) ?? latin1(bytes);
}

/** Maximum number of encodings by a sender's systems, one after the other, beyond the one that a URL requires. */
const spareEncodings = 3;

/** From here on letters may be written in two ways, composed or not. */
const mayBeComposed = /[\u0300-\uffff]/;

/** A text whose letters are composed, as everybody sees them: macOS and some programs send `u` and two dots for `ü`. */
export function composed(text: string): string {
  return mayBeComposed.test(text) ? text.normalize('NFC') : text;
}

/** A word as words are compared: in any case. Turkish has two letters `i`, of which other systems make one or the other. */
export function foldedWord(text: string): string {
  return composed(text.trim())
    .toLowerCase()
    .replace(/i\u0307|ı/g, 'i');
}

/** A value as it was meant: decoded as often as it was encoded, its letters composed, and without what surrounds it. */
export function plainValue(text: string): string {
  let plain = text;
  for (let round = 0; round < spareEncodings; round++) {
    const decoded = decodePercent(plain);
    if (decoded === plain) break;
    plain = decoded;
  }
  return composed(trimInvisible(plain));
}

/** Drops blanks, byte order marks, zero bytes and zero-width letters around a text: remains of copy and paste. */
export function trimInvisible(text: string): string {
  // Two indexes rather than a pattern: one that ends in `$` tries every run of blanks, in time that grows with its square.
  let [start, end] = [0, text.length];
  while (start < end && invisible.test(text.charAt(start))) start++;
  while (end > start && invisible.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

// eslint-disable-next-line no-control-regex -- C programs leave the end of their strings behind
const invisible = /[\s\u0000\u200b-\u200d\u2060\ufeff]/;

/** A value without the quotes that a template put around it. */
export function unquoted(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}
