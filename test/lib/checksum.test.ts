import { Sha256 as JavaScriptSha256 } from '@aws-crypto/sha256-js';
import * as fc from 'fast-check';
import { Crc32, Md5, Sha256 } from '../../lib/left-out/checksum';

const chunks = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 });

interface Sum {
  update(data: Uint8Array): void;
  digest(): Promise<Uint8Array>;
  reset(): void;
}

async function digestsOf(sum: Sum, parts: readonly Uint8Array[]): Promise<readonly string[]> {
  for (const part of parts) sum.update(part);
  const first = await sum.digest();
  sum.reset();
  for (const part of parts.toReversed()) sum.update(part);
  return [first, await sum.digest()].map(hex);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the sums in the bundles', () => {
  test('SHA-256 is that of an implementation in JavaScript, also after a reset', () =>
    fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        expect(await digestsOf(new Sha256(), parts)).toEqual(await digestsOf(new JavaScriptSha256(), parts));
      }),
    ));

  test('HMAC by SHA-256 likewise, with a text, bytes and a part of a buffer as its key', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }),
        fc.uint8Array({ minLength: 2 }),
        chunks,
        async (text, all, parts) => {
          for (const key of [text, all, all.buffer, all.subarray(1)]) {
            expect(await digestsOf(new Sha256(key), parts)).toEqual(await digestsOf(new JavaScriptSha256(key), parts));
          }
        },
      ),
    ));

  // The first is of RFC 1321, A.5; the second is the check value of CRC-32/ISO-HDLC.
  test.each([
    ['MD5', () => new Md5(), 'message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['CRC-32', () => new Crc32(), '123456789', 'cbf43926'],
  ])('%s is the published one, in one part, in two and after a reset', async (_name, begin, text, expected) => {
    const sum = begin();
    sum.update(Buffer.from('anything'));
    sum.reset();
    sum.update(Buffer.from(text.slice(0, 4)));
    await sum.digest();
    sum.update(Buffer.from(text.slice(4)));
    expect(hex(await sum.digest())).toBe(expected);
  });
});
