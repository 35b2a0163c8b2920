import * as fc from 'fast-check';
import {
  addAmounts,
  isNegative,
  readAmount,
  subtractAmounts,
  type AmountProblem,
} from '../../../../lambdas/domain/values/amount';
import { amount } from '../support/factories';

const plain = { negative: false };
const signed = { negative: true };
const comma = { negative: true, format: '1.234,56' } as const;

/** Millionths within what an amount may hold: 12 digits before the point and 6 after it. */
const millionths = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });

function write(value: bigint): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

describe('an amount', () => {
  test('is read exactly and written in one form, however many zeros it came with', () => {
    const zeros = fc.integer({ min: 0, max: 5 }).map((count) => '0'.repeat(count));
    fc.assert(
      fc.property(millionths, zeros, zeros, (value, leading, trailing) => {
        const text = write(value);
        const point = text.includes('.') || trailing === '' ? '' : '.';
        const padded = text.replace(/^(-?)/, `$1${leading}`) + point + trailing;
        expect(readAmount(padded, signed)).toEqual({ ok: true, amount: text });
      }),
    );
  });

  test('adds and subtracts as whole numbers do', () => {
    fc.assert(
      fc.property(millionths, millionths, (left, right) => {
        const [a, b] = [amount(write(left)), amount(write(right))];
        expect(addAmounts(a, b)).toBe(write(left + right));
        expect(subtractAmounts(a, b)).toBe(write(left - right));
        expect(isNegative(a)).toBe(left < 0n);
      }),
    );
  });

  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.000000', '0'],
    ['00012.50', '12.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    [' 12.5\t', '12.5'],
    ['999999999999.999999', '999999999999.999999'],
    ['0.1000000000', '0.1'],
  ])('%j is %s', (text, read) => {
    expect(readAmount(text, plain)).toEqual({ ok: true, amount: read });
  });

  test.each<[string, AmountProblem]>([
    ['1,50', 'comma'],
    ['1,234.50', 'comma'],
    ['1.234,50', 'comma'],
    ['-1,50', 'comma'],
    ['$12.50', 'symbol'],
    ['12.50€', 'symbol'],
    ['USD 12.50', 'symbol'],
    ['12.50 USD', 'symbol'],
    ['12.50USD', 'symbol'],
    ['+12.50', 'symbol'],
    ['1e3', 'exponent'],
    ['1.5E+3', 'exponent'],
    ['-1e-3', 'exponent'],
    ['NaN', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['null', 'not-a-number'],
    ['', 'not-a-number'],
    ['.', 'not-a-number'],
    ['-', 'not-a-number'],
    ['--5', 'symbol'],
    ['1.2.3', 'not-a-number'],
    ['1 000', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['१२', 'not-a-number'],
    ['１２', 'not-a-number'],
    ['1234567890123', 'too-long'],
    ['-5', 'negative'],
    ['-0.000001', 'negative'],
  ])('%j is rejected as %s: never 0, never a default', (text, problem) => {
    expect(readAmount(text, plain)).toEqual({ ok: false, problem });
  });

  test('a sender that writes a decimal comma is understood, and marks in any other order are rejected all the same', () => {
    expect(readAmount('1,50', comma)).toEqual({ ok: true, amount: '1.5' });
    expect(readAmount('-1,5', comma)).toEqual({ ok: true, amount: '-1.5' });
    expect(readAmount('1.50', comma)).toEqual({ ok: true, amount: '1.5' });
    expect(readAmount('1.234,56', comma)).toEqual({ ok: true, amount: '1234.56' });
    expect(readAmount('-1.234.567,5', comma)).toEqual({ ok: true, amount: '-1234567.5' });
    for (const text of ['1,234.50', '1.23,4', '1,2,3', ',5', '5,']) {
      expect(readAmount(text, comma)).toEqual({ ok: false, problem: 'comma' });
    }
  });

  test('of arbitrary texts only decimals are read, and reading never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+eE $')) })),
        (text) => {
          const reading = readAmount(text, comma);
          expect(!reading.ok || /^-?[\d.,' \u00a0\u202f\u2019]*$/.test(text.trim())).toBe(true);
        },
      ),
    );
  });
});
