import { brotliDecompressSync, inflateRawSync, unzipSync } from 'node:zlib';
import { readingLimits, type ReadingBudget } from './budget';

/**
 * The bytes of a body before it was compressed. A header that says so of a plain body is common behind proxies: what does not
 * decompress is left as it is, and read by what it is.
 * @param most bytes that it may grow to
 * @throws {BudgetExceeded} where it grows beyond what is read, before it has grown
 */
export function inflate(
  bytes: Uint8Array,
  encoding: string | undefined,
  budget: ReadingBudget,
  most: number = readingLimits.bytes,
): Uint8Array {
  const named = (encoding ?? '').trim().toLowerCase();
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const ways =
    named === 'br'
      ? [brotliDecompressSync]
      : named === 'deflate'
        ? [unzipSync, inflateRawSync]
        : isGzip
          ? [unzipSync]
          : [];
  for (const decompress of ways) {
    try {
      const plain = decompress(bytes, { maxOutputLength: most });
      budget.work(plain.length);
      return plain;
    } catch (error) {
      if (isTooLarge(error)) budget.bytes(Infinity);
    }
  }
  return bytes;
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
