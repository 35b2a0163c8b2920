/** Characters that file names allow on every system; any other is written as `%` and its bytes in hex. */
const plain = /[^A-Za-z0-9!$&'()+,.;=@_ -]/gu;

/**
 * Returns the path of a key's file below its bucket. Different keys have different paths, and none leaves the bucket: parts with a
 * meaning for file systems (`..`, empty parts, separators) are encoded.
 */
export function pathOfKey(key: string): string {
  return key.split('/').map(nameOf).join('/');
}

function nameOf(part: string): string {
  // No encoded part collides: in those, two digits follow each `%`.
  if (part === '') return '%';
  const name = part.replace(plain, hex);
  // Some systems treat leading and trailing dots and spaces specially.
  return name.replace(/^[.]+|[. ]+$/g, (dots) => dots.replace(/[. ]/g, hex));
}

function hex(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}
