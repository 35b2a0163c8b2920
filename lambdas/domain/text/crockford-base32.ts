/**
 * Crockford's base32 in lower case: no `i`, `l`, `o`, `u`, so that an ID survives being read aloud or retyped.
 * https://www.crockford.com/base32.html
 */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const valueOf: ReadonlyMap<string, number> = new Map([
  ...Array.from(alphabet, (letter, value): [string, number] => [letter, value]),
  ['o', 0],
  ['i', 1],
  ['l', 1],
]);

/** Writes bytes as base32, five bits a letter; the length must be a multiple of five bytes, so no letter is half used. */
export function encodeBase32(bytes: Uint8Array): string {
  if (bytes.length % 5 !== 0) throw new RangeError(`base32 needs a multiple of 5 bytes, got ${bytes.length}`);
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >>> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
}

/** Reads base32 in any case, with `o` for 0 and `i`, `l` for 1. `undefined` where a letter is none of it or the length is off. */
export function decodeBase32(text: string): Uint8Array | undefined {
  if (text.length % 8 !== 0) return undefined;
  const bytes = new Uint8Array((text.length / 8) * 5);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text.toLowerCase()) {
    const value = valueOf.get(letter);
    if (value === undefined) return undefined;
    buffer = (buffer << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >>> bits) & 255;
      buffer &= (1 << bits) - 1;
    }
  }
  return bytes;
}
