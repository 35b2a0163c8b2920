/** Every byte as the letter of its number. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += partLength)
    text += String.fromCharCode(...bytes.subarray(at, at + partLength));
  return text;
}

/** A call takes a limited number of arguments. */
const partLength = 8192;

/** Bytes of UTF-8; a byte order mark stays, and what is no UTF-8 becomes U+FFFD. */
export function utf8(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** The same, and `undefined` where the bytes are no UTF-8. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of a body: UTF-16 where a mark or its zero bytes show it, else UTF-8, else Latin-1. Every text that a sender writes begins with
 * two letters of ASCII, such as `{"` or a name.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = strictUtf8(bytes);
  if (text?.includes('\ufffd') === true && wasUtf16.test(text)) return text.replace(/^\ufffd+|\0/g, '');
  const encoding = utf16Of(bytes);
  return encoding === undefined ? (text ?? latin1(bytes)) : new TextDecoder(encoding).decode(bytes);
}

/** UTF-16 that API Gateway took for UTF-8, as it does with JSON: its ASCII is left between zero bytes, its mark and other letters are lost. */
const wasUtf16 = /^\ufffd{0,2}(?:[^\0]\0|\0[^\0])/;

function utf16Of([first, second, third, fourth]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first && second === 0 && third && fourth === 0) return 'utf-16le';
  if (first === 0 && second && third === 0 && fourth) return 'utf-16be';
  return undefined;
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of base64 in either alphabet, padded or not; a last letter that completes no byte is dropped. */
export function base64Bytes(text: string): Uint8Array {
  const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}
