import * as packaged from '@smithy/core/checksum';
import fc from 'fast-check';
import * as ours from '../../lib/left-out/checksum';

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
  return [first, await sum.digest()].map((bytes) => Buffer.from(bytes).toString('hex'));
}

describe('the sums in the bundles are those of the SDK', () => {
  test.each(['Sha256', 'Md5', 'Crc32'] as const)('%s, also after a reset', (name) =>
    fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        expect(await digestsOf(new ours[name](), parts)).toEqual(await digestsOf(new packaged[name](), parts));
      }),
    ),
  );

  test('HMAC by SHA-256, with a text, bytes and a part of a buffer as its key', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }),
        fc.uint8Array({ maxLength: 100 }),
        chunks,
        async (text, bytes, parts) => {
          for (const key of [text, bytes, bytes.buffer, bytes.subarray(1)]) {
            expect(await digestsOf(new ours.Sha256(key), parts)).toEqual(
              await digestsOf(new packaged.Sha256(key), parts),
            );
          }
        },
      ),
    ));

  test('a hash continues after its digest', async () => {
    const [mine, theirs] = [new ours.Sha256(), new packaged.Sha256()];
    for (const sum of [mine, theirs]) sum.update(Buffer.from('a'));
    await Promise.all([mine.digest(), theirs.digest()]);
    for (const sum of [mine, theirs]) sum.update(Buffer.from('b'));
    expect(Buffer.from(await mine.digest())).toEqual(Buffer.from(await theirs.digest()));
  });
});
