import { readAmount, type AmountFormat, type AmountReading } from '../../../../lambdas/domain/values/amount';

const read = (format: AmountFormat, text: string, minorDigits?: number): AmountReading =>
  readAmount(text, { negative: true, format, ...(minorDigits !== undefined && { minorDigits }) });

/** What is read, or the problem; `~` before what was rounded. */
function shown(reading: AmountReading): string {
  if (!reading.ok) return reading.problem;
  return `${reading.rounded === true ? '~' : ''}${reading.amount}`;
}

test.each([
  ['0', '0'],
  ['00', '0'],
  ['-0', '0'],
  ['-0.00', '0'],
  [' 12.50 ', '12.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['-12.5', '-12.5'],
  ['0012.5', '12.5'],
  ['123456789012', '123456789012'],
  ['1234567890123', 'too-long'],
  ['0001234567890123', 'too-long'],
  ['999999999999.9999999', 'too-long'],
  ['999999999999.999999', '999999999999.999999'],
  ['1.0000005', '~1'],
  ['1.0000015', '~1.000002'],
  ['1.00000051', '~1.000001'],
  ['1.0000004', '~1'],
  ['1.0000006', '~1.000001'],
  ['1.0000000', '1'],
  ['1.00000050', '~1'],
  ['-1.0000015', '~-1.000002'],
  ['1,5', 'comma'],
  ['1,234.5', 'comma'],
  ['-1,5', 'comma'],
  ['1e3', 'exponent'],
  ['-1.5E-2', 'exponent'],
  ['$5', 'symbol'],
  ['5$', 'symbol'],
  ['5 USD', 'symbol'],
  ['usd5', 'symbol'],
  ['5%', 'symbol'],
  ['abc', 'not-a-number'],
  ['', 'not-a-number'],
  ['.', 'not-a-number'],
  ['-', 'not-a-number'],
  ['1.2.3', 'not-a-number'],
  ['1 2', 'not-a-number'],
  ['--5', 'symbol'],
  ['NaN', 'not-a-number'],
])('1234.56: "%s" is %s', (text, expected) => {
  expect(shown(read('1234.56', text))).toBe(expected);
});

test.each([
  ['1,234.56', '1234.56'],
  ['-1,234,567.8', '-1234567.8'],
  ['12,34,567.5', '1234567.5'],
  ['1 234.5', '1234.5'],
  ['1\u00a0234.5', '1234.5'],
  ['1\u202f234', '1234'],
  ["1'234.5", '1234.5'],
  ['1\u2019234', '1234'],
  ['1234.5', '1234.5'],
  ['1,23', 'comma'],
  ['1234,567', 'comma'],
  ['1,2345', 'comma'],
  [',123', 'comma'],
  ['1,234,56', 'comma'],
  ['1,2,345', 'comma'],
  ['1,234.5.6', 'not-a-number'],
  ['0,125', 'comma'],
  ['00,125', 'comma'],
])('1,234.56: "%s" is %s', (text, expected) => {
  expect(shown(read('1,234.56', text))).toBe(expected);
});

test.each([
  ['12,50', '12.5'],
  ['-12,50', '-12.5'],
  ['1.234,56', '1234.56'],
  ['1.234.567,8', '1234567.8'],
  ['1 234,5', '1234.5'],
  ['12.5', '12.5'],
  ['1.234', '1234'],
  ['-1.234.567', '-1234567'],
  ['1234', '1234'],
  ['1.2345', '1.2345'],
  ['1.234,5,6', 'comma'],
  ['0.125', '0.125'],
  ['-0.500', '-0.5'],
  ['0,125', '0.125'],
  ['000.125', '0.125'],
  ['0.000', '0'],
  ['0.123,45', 'comma'],
  ['1,', 'comma'],
  [',5', 'comma'],
])('1.234,56: "%s" is %s', (text, expected) => {
  expect(shown(read('1.234,56', text))).toBe(expected);
});

test.each([
  ['1999', undefined, '19.99'],
  ['-1999', undefined, '-19.99'],
  ['5', undefined, '0.05'],
  ['0', undefined, '0'],
  ['1999', 0, '1999'],
  ['1999', 3, '1.999'],
  ['19.99', undefined, 'fraction'],
  ['-19,9', undefined, 'fraction'],
  ['.5', undefined, 'fraction'],
  ['5.', undefined, 'fraction'],
  ['$5', undefined, 'symbol'],
  ['5x', undefined, 'not-a-number'],
  ['x5', undefined, 'not-a-number'],
  ['x1.5', undefined, 'not-a-number'],
  ['1.5x', undefined, 'not-a-number'],
  ['', undefined, 'not-a-number'],
])('minor: "%s" with %s digits is %s', (text, digits, expected) => {
  expect(shown(read('minor', text, digits))).toBe(expected);
});

test.each([
  ['1e3', '1000'],
  ['1.5E+2', '150'],
  ['1.5e-2', '0.015'],
  ['-1.25e1', '-12.5'],
  ['1.25e1', '12.5'],
  ['123.4e-2', '1.234'],
  ['.5e1', '5'],
  ['5.e1', '50'],
  ['1e0', '1'],
  ['836.9999999999998', '~837'],
  ['1e-7', '~0'],
  ['1e12', 'too-long'],
  ['1e999', 'too-long'],
  ['1e1000', 'exponent'],
  ['12.5', '12.5'],
  ['x1e3', 'not-a-number'],
  ['1e3x', 'not-a-number'],
  ['e3', 'not-a-number'],
])('float: "%s" is %s', (text, expected) => {
  expect(shown(read('float', text))).toBe(expected);
});

test('below zero is a problem where no corrections are taken, but for 0', () => {
  expect(readAmount('-1', { negative: false })).toEqual({ ok: false, problem: 'negative' });
  expect(readAmount('-0.0', { negative: false })).toEqual({ ok: true, amount: '0' });
  expect(readAmount('1', { negative: false })).toEqual({ ok: true, amount: '1' });
});
