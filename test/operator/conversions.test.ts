import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import type { Conversion } from '../../operator/answers';
import { conversionsText } from '../../operator/conversions/sheet';
import { sumsOf } from '../../operator/conversions/sums';

const conversion = (fields: Partial<Conversion> = {}): Conversion => ({
  clickId: 'c1',
  event: 'sale',
  campaign: 'spring',
  integration: 'acme',
  status: 'approved',
  amount: '12.5',
  currency: 'USD',
  test: false,
  repeated: false,
  version: 1,
  recordedAt: '2026-11-23T10:00:00.000Z',
  changedAt: '2026-11-23T10:00:00.000Z',
  history: [],
  ...fields,
});

describe('an export', () => {
  test('has a row for each conversion under one header, and numbers as they are', () => {
    const text =
      conversionsText([conversion({ amount: '-3' })], 'csv', true) + conversionsText([conversion()], 'csv', false);

    expect(parse(text, { columns: true })).toMatchObject([
      { clickId: 'c1', amount: '-3', transactionId: '', test: 'no' },
      { amount: '12.5' },
    ]);
  });

  test('holds no cell that a spreadsheet would run, whatever a sender calls its transactions', () => {
    const dangerous = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string())
      .map(([mark, rest]) => mark + rest);
    fc.assert(
      fc.property(dangerous, dangerous, (transactionId, event) => {
        const [, row = []]: string[][] = parse(conversionsText([conversion({ transactionId, event })], 'csv', true));

        expect(row.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
        expect(row).toEqual(expect.arrayContaining([`'${transactionId}`, `'${event}`]));
      }),
    );
  });

  test('as NDJSON is every conversion as the API returns it', () => {
    const text = conversionsText([conversion(), conversion({ amount: '1' })], 'ndjson', true);

    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([conversion(), conversion({ amount: '1' })]);
  });
});

describe('sums', () => {
  test('are exact, by currency and status', () => {
    const amounts = ['0.1', '0.2', '1000000000.000001'];
    const sums = sumsOf([
      ...amounts.map((amount) => conversion({ amount })),
      conversion({ amount: '5', currency: 'EUR' }),
      conversion({ amount: '-2', status: 'reversed' }),
    ]);

    expect(sums).toEqual([
      { currency: 'EUR', status: 'approved', conversions: 1, amount: '5' },
      { currency: 'USD', status: 'approved', conversions: 3, amount: '1000000000.300001' },
      { currency: 'USD', status: 'reversed', conversions: 1, amount: '-2' },
    ]);
  });

  test('do not depend on the order of what they add up', () => {
    const cents = fc.integer({ min: -100_000, max: 100_000 }).map((number) => conversion({ amount: `${number}` }));
    fc.assert(
      fc.property(fc.array(cents), (conversions) => {
        expect(sumsOf([...conversions].reverse())).toEqual(sumsOf(conversions));
      }),
    );
  });
});
