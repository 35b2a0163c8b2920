import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import vectors from '../../../../docs/test-vectors.json';
import { decodeBase32 } from '../../../../lambdas/domain/text/crockford-base32';
import { hasClickIdShape } from '../../../../lambdas/domain/click/click-id';
import { mintClickId, readClickId } from '../../../../lambdas/domain/click/signed-click-id';
import { clickIdKeys } from '../../../../lambdas/domain/trust/keys';
import { clickId, master, now, rotatedMaster } from '../support/factories';
import { atLength } from '../../../support/at-length';

const keys = clickIdKeys(master);
const [key] = keys;
const random = Buffer.from('0102030405060708', 'hex');
const same: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

describe('a click ID', () => {
  test('is 32 letters and digits, and gives back its time and key number', () => {
    const id = mintClickId(key, now, random);
    expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{32}$/);
    expect(hasClickIdShape(id)).toBe(true);
    expect(readClickId(id, keys)).toEqual({ outcome: 'genuine', clickId: id, mintedAt: now, keyNumber: 3 });
  });

  test('is format and key number, time since 2020, random, and 48 bits of HMAC over the label and those', () => {
    const bytes = Buffer.from(decodeBase32(mintClickId(key, now, random)) ?? []);
    expect(bytes[0]).toBe(0x13);
    expect(bytes.readUIntBE(1, 5)).toBe(now - Date.UTC(2020, 0, 1));
    expect(bytes.subarray(6, 14)).toEqual(random);
    const mac = createHmac('sha256', key.secret).update('click-id').update(bytes.subarray(0, 14)).digest();
    expect(bytes.subarray(14)).toEqual(mac.subarray(0, 6));
  });

  test.each(vectors.clickIds)('the published vector $clickId', (vector) => {
    const published = { number: vector.keyNumber, secret: Buffer.from(vector.keyHex, 'hex') };
    const minted = mintClickId(published, vector.milliseconds, Buffer.from(vector.randomHex, 'hex'));
    expect(minted).toBe(vector.clickId);
    expect(readClickId(vector.clickId, [published])).toMatchObject({
      outcome: 'genuine',
      mintedAt: vector.milliseconds,
      keyNumber: vector.keyNumber,
    });
  });

  test('the vectors hold what they held when they were published', () => {
    expect(vectors.clickIds.map((vector) => vector.clickId)).toEqual([
      '24000000000000000000000kafmemq0r',
      '24sakr0p000j6hb7h6nwvvsers93m3qv',
      '3wsakr0p07zzzzzzzzzzzzw1h7spvckt',
    ]);
  });

  test('reads in any case, with blanks around it, and in the letters that read the same', () => {
    const id = clickId();
    const typed = id.replaceAll('0', 'O').replaceAll('1', 'l').toUpperCase();
    for (const text of [id.toUpperCase(), ` ${id}\n`, typed, typed.replaceAll('L', 'i')]) {
      expect(readClickId(text, keys)).toMatchObject({ outcome: 'genuine', clickId: id });
    }
  });

  test('carries its own time and randomness, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2054, 0, 1) }),
        fc.integer({ min: 0, max: 15 }),
        (bytes, time, number) => {
          const own = { number, secret: key.secret };
          const id = mintClickId(own, time, bytes);
          expect(readClickId(id, [own])).toEqual({
            outcome: 'genuine',
            clickId: id,
            mintedAt: time,
            keyNumber: number,
          });
        },
      ),
    );
  });

  test('does not survive the change of a single character, but to one that reads the same', () => {
    const letter = fc.constantFrom(...Array.from('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_ é'));
    fc.assert(
      fc.property(fc.nat(255), fc.nat(31), letter, (seed, at, put) => {
        const id = clickId(seed);
        const read = put.toLowerCase();
        fc.pre((same[read] ?? read) !== id.charAt(at));
        const changed = `${id.slice(0, at)}${put}${id.slice(at + 1)}`;
        expect(readClickId(changed, keys).outcome).not.toBe('genuine');
      }),
      { numRuns: atLength(500, 100) },
    );
  });

  test('every other value of every single letter is forged', () => {
    const id = clickId();
    for (let at = 0; at < id.length; at++) {
      for (const put of '0123456789abcdefghjkmnpqrstvwxyz') {
        if (put === id.charAt(at)) continue;
        expect(readClickId(`${id.slice(0, at)}${put}${id.slice(at + 1)}`, keys)).toEqual({ outcome: 'forged' });
      }
    }
  });

  test.each([
    ['nothing', ''],
    ['one letter short', clickId().slice(1)],
    ['one letter long', `${clickId()}0`],
    ['a letter that base32 lacks', `u${clickId().slice(1)}`],
    ['a hyphen within', `${clickId().slice(0, 31)}-`],
    ['a UUID', '3f2504e0-4f89-11d3-9a0c-0305e82c'],
  ])('%s is malformed', (_, text) => {
    expect(readClickId(text, keys)).toEqual({ outcome: 'malformed' });
  });

  test('arbitrary texts are never genuine, and reading them never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 32, maxLength: 32 })), (text) => {
        expect(readClickId(text, keys).outcome).not.toBe('genuine');
      }),
    );
  });

  test('a well-formed one that this tracker did not make is forged', () => {
    const foreign = { number: key.number, secret: Buffer.alloc(32, 9) };
    expect(readClickId(mintClickId(foreign, now, random), keys)).toEqual({ outcome: 'forged' });
    expect(readClickId('0'.repeat(32), keys)).toEqual({ outcome: 'forged' });
    expect(readClickId(clickId(), [])).toEqual({ outcome: 'forged' });
  });

  test('takes 8 random bytes, no fewer', () => {
    expect(() => mintClickId(key, now, Buffer.alloc(7))).toThrow(RangeError);
  });
});

describe('after a rotation of the master', () => {
  const rotated = clickIdKeys(rotatedMaster);

  test('IDs from before stay readable, and new ones carry the new number', () => {
    expect(readClickId(clickId(), rotated)).toMatchObject({ outcome: 'genuine', keyNumber: 3 });
    const fresh = mintClickId(rotated[0], now, random);
    expect(readClickId(fresh, rotated)).toMatchObject({ outcome: 'genuine', keyNumber: 4 });
    expect(readClickId(fresh, keys)).toEqual({ outcome: 'forged' });
  });

  test('after the next one they are forged', () => {
    const next = { currentNumber: 5, current: 'x'.repeat(40), previous: rotatedMaster.current };
    expect(readClickId(clickId(), clickIdKeys(next))).toEqual({ outcome: 'forged' });
  });

  test('a number that comes round after sixteen rotations confuses no key', () => {
    const seventeenth = { currentNumber: 19, current: 'y'.repeat(40), previous: 'z'.repeat(40) };
    expect(clickIdKeys(seventeenth).map(({ number }) => number)).toEqual([3, 2]);
    expect(readClickId(clickId(), clickIdKeys(seventeenth))).toEqual({ outcome: 'forged' });
    expect(readClickId(clickId(), [...clickIdKeys(seventeenth), key])).toMatchObject({ outcome: 'genuine' });
  });
});
