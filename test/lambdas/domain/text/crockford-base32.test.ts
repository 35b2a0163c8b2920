import * as fc from 'fast-check';
import { decodeBase32, encodeBase32 } from '../../../../lambdas/domain/text/crockford-base32';

describe('Crockford base32', () => {
  test.each([
    ['', ''],
    ['0000000000', '00000000'],
    ['ffffffffff', 'zzzzzzzz'],
    ['0123456789', '04hmasw9'],
    ['48656c6c6f', '91jprv3f'],
    ['00443214c74254b635cf84653a56d7c675be77df', '0123456789abcdefghjkmnpqrstvwxyz'],
  ])('the bytes %s are written %s', (hex, text) => {
    expect(encodeBase32(Buffer.from(hex, 'hex'))).toBe(text);
    expect(Buffer.from(decodeBase32(text) ?? []).toString('hex')).toBe(hex);
  });

  test('what is written reads back, in either case', () => {
    const bytes = fc.integer({ min: 0, max: 8 }).chain((groups) => {
      const length = groups * 5;
      return fc.uint8Array({ minLength: length, maxLength: length });
    });
    fc.assert(
      fc.property(bytes, (sent) => {
        const text = encodeBase32(sent);
        expect(text).toMatch(/^[0-9a-hjkmnp-tv-z]*$/);
        expect(decodeBase32(text)).toEqual(sent);
        expect(decodeBase32(text.toUpperCase())).toEqual(sent);
      }),
    );
  });

  test('o reads as 0, i and l as 1', () => {
    expect(decodeBase32('oOiIlL01')).toEqual(decodeBase32('00111101'));
  });

  test.each(['1234567', '123456789', 'uuuuuuuu', '1234-567', '1234567é', '1234567 ', '👍👍👍👍'])(
    '%j is no base32',
    (text) => {
      expect(decodeBase32(text)).toBeUndefined();
    },
  );

  test.each([1, 4, 6, 19])('%d bytes would leave a letter half used', (length) => {
    expect(() => encodeBase32(Buffer.alloc(length))).toThrow(RangeError);
  });
});
