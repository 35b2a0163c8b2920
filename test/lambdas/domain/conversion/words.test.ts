import * as fc from 'fast-check';
import { conversionKeyOf } from '../../../../lambdas/domain/conversion/conversion';
import { maximumTransactionIdBytes } from '../../../../lambdas/domain/request/claim';
import { minorDigitsOf, readCurrency } from '../../../../lambdas/domain/values/currency';
import {
  conversionStatuses,
  isTransitionAllowed,
  readStatus,
  transitionsFrom,
} from '../../../../lambdas/domain/values/status';
import { currency, requestId } from '../support/factories';

describe('a status', () => {
  test.each([
    ['pending', ['approved', 'rejected']],
    ['approved', ['rejected', 'reversed']],
    ['rejected', ['approved']],
    ['reversed', ['approved']],
  ] as const)('from %s may become %s and nothing else', (from, to) => {
    expect(conversionStatuses.filter((status) => isTransitionAllowed(from, status))).toEqual(to);
    expect(transitionsFrom(from)).toEqual(to);
  });

  test('is read from the words of the integration first, then of the preset, then of ours, in any case', () => {
    const own = { Paid: 'pending' } as const;
    const preset = { paid: 'approved', ok: 'approved', rejected: 'reversed' } as const;
    expect(readStatus('PAID', own, preset)).toBe('pending');
    expect(readStatus(' Ok ', own, preset)).toBe('approved');
    expect(readStatus('Rejected', own, preset)).toBe('reversed');
    expect(readStatus('REVERSED', own, preset)).toBe('reversed');
    for (const word of ['', 'sold', 'constructor', '__proto__']) expect(readStatus(word, own, preset)).toBeUndefined();
  });
});

describe('a currency', () => {
  test.each(['USD', 'usd', ' Eur ', 'JPY', 'KWD'])('%j is one', (text) => {
    expect(readCurrency(text)).toBe(text.trim().toUpperCase());
  });

  test.each(['', '$', 'EURO', 'US', 'XXX', 'XTS', 'XAU', 'BTC', 'DEM', '840'])('%j is none in use', (text) => {
    expect(readCurrency(text)).toBeUndefined();
  });

  test.each([
    ['R$', 'BRL'],
    ['us$', 'USD'],
    ['z\u0142', 'PLN'],
    ['K\u010d', 'CZK'],
    ['\u20ba', 'TRY'],
    ['\u20a9', 'KRW'],
  ])('%s means %s and nothing else', (symbol, code) => {
    expect(readCurrency(symbol)).toBe(code);
  });

  test('has the names that senders still write for it, and those that an integration adds, which come first', () => {
    expect(readCurrency('rur')).toBe('RUB');
    expect(readCurrency('RMB')).toBe('CNY');
    expect(readCurrency('PES', { pes: 'ars' })).toBe('ARS');
    expect(readCurrency('RUR', { RUR: 'USD' })).toBe('USD');
    expect(readCurrency('PES', { pes: 'pesos' })).toBeUndefined();
    for (const text of ['constructor', '__proto__']) expect(readCurrency(text)).toBeUndefined();
  });

  test.each([
    ['JPY', 0],
    ['USD', 2],
    ['KWD', 3],
  ])('%s has %d digits after the point', (code, digits) => {
    expect(minorDigitsOf(currency(code))).toBe(digits);
  });
});

describe('the key of a conversion', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const key = fc.record({
    event: fc.oneof(part, fc.constantFrom('sale', 'sale#1', 'test:sale', 'sale+x', '#', '%23')),
    transactionId: fc.option(fc.oneof(part, fc.constantFrom('1', '#1', 'T#1')), { nil: undefined }),
    test: fc.boolean(),
    repeat: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  });
  const write = ({ repeat, ...rest }: typeof key extends fc.Arbitrary<infer Key> ? Key : never): string =>
    conversionKeyOf({ ...rest, ...(repeat !== undefined && { repeatOf: requestId(repeat) }) });

  test('tells apart what differs in event, transaction, test or repeat', () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(write(one)).not.toBe(write(other));
      }),
    );
    expect(write({ event: 'sale', transactionId: 'T1', test: false, repeat: undefined })).toBe('sale#T1');
    const plain = { test: false, repeat: undefined };
    const pairs = [
      [
        { ...plain, event: 'a#b', transactionId: 'c' },
        { ...plain, event: 'a', transactionId: 'b#c' },
      ],
      [
        { ...plain, event: 'test:a', transactionId: 'c' },
        { ...plain, event: 'a', transactionId: 'c', test: true },
      ],
      [
        { ...plain, event: `a+${requestId(1)}`, transactionId: 'c' },
        { ...plain, event: 'a', transactionId: 'c', repeat: 1 },
      ],
      [
        { ...plain, event: 'a%23', transactionId: 'c' },
        { ...plain, event: 'a#', transactionId: 'c' },
      ],
    ] as const;
    for (const [one, other] of pairs) expect(write(one)).not.toBe(write(other));
  });

  test('stays within the 1,024 bytes that a sort key may have', () => {
    for (const letter of ['a', 'é', '中']) {
      const transactionId = 'x'.repeat(maximumTransactionIdBytes);
      const longest = conversionKeyOf({ event: letter.repeat(64), transactionId, test: true, repeatOf: requestId(1) });
      expect(Buffer.byteLength(longest)).toBeLessThanOrEqual(1024);
    }
  });
});
