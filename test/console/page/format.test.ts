import * as fc from 'fast-check';
import { amountText, momentText, visibleText } from '../../../console/page/parts/format';

test.each([
  ['123456789012.123456', 'USD', '123,456,789,012.123456'],
  ['12.5', 'JPY', '12.5'],
  ['-0.1', 'USD', '-0.10'],
  ['0', 'EUR', '0.00'],
  ['5', undefined, '5'],
  ['7', 'NOT A CURRENCY', '7'],
  ['twelve', 'USD', 'twelve'],
])('%s %s is written %s', (amount, currency, text) => {
  expect(amountText(amount, currency, 'en')).toBe(text);
});

test('no digit of an amount is lost or made up', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (millionths) => {
      const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(7, '0');
      const amount = `${millionths < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
      expect(
        amountText(amount, 'USD', 'en')
          .replaceAll(',', '')
          .replace(/^-(?=0\.0+$)/, ''),
      ).toBe(amount.replace(/^-(?=0\.0+$)/, ''));
    }),
  );
});

test('letters that hide or turn text are shown by their number, and those of emoji stay', () => {
  expect(visibleText('a\u202Eb\u200Bc\u0000')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩');
  expect(visibleText('👩‍👧')).toBe('👩‍👧');
});

test('a moment of today is a time, another has its day, and one of another year its year', () => {
  const now = new Date('2026-11-29T20:00:00Z');
  expect(momentText('2026-11-29T14:02:11Z', 'UTC', now)).toBe('14:02:11');
  expect(momentText('2026-11-28T14:02:11Z', 'UTC', now)).toMatch(/28/);
  expect(momentText('2025-11-28T14:02:11Z', 'UTC', now)).toMatch(/2025/);
  expect(momentText('2026-11-29T22:30:00Z', 'Asia/Kathmandu', now)).toBe('04:15:00');
});
