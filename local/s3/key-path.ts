/** A file name can hold these on every system; anything else of a key is written as `%` and its bytes in hex. */
const plain = /[^A-Za-z0-9!$&'()+,.;=@_ -]/gu;

/**
 * Where a key's file lies below its bucket. Different keys have different paths, and none leads out: what a file system reads in its own way
 * (`..`, an empty part, a separator) is written in another.
 */
export function pathOfKey(key: string): string {
  return key.split('/').map(nameOf).join('/');
}

function nameOf(part: string): string {
  // Never what another part is written as: there, two digits follow each `%`.
  if (part === '') return '%';
  const name = part.replace(plain, hex);
  // Leading and trailing dots and spaces mean something to one system or another.
  return name.replace(/^[.]+|[. ]+$/g, (dots) => dots.replace(/[. ]/g, hex));
}

function hex(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}
