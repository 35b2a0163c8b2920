/** The number that bytes hold, the highest first; up to 6 bytes. */
export function readBigEndian(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** Writes a whole number into bytes, the highest first. */
export function writeBigEndian(bytes: Uint8Array, number: number): void {
  let rest = number;
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
