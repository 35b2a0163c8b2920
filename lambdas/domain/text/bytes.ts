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

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of base64 in either alphabet, padded or not; a last letter that completes no byte is dropped. */
export function base64Bytes(text: string): Uint8Array {
  const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}
