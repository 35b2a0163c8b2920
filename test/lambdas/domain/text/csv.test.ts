import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { readRecords, WrongCsv } from '../../../../lambdas/domain/text/csv';
import { atLength } from '../../../support/at-length';

function recordsOf(text: string, delimiter = ','): readonly (readonly string[])[] | undefined {
  const records: (readonly string[])[] = [];
  try {
    readRecords(text, delimiter, 10_000, (cells) => records.push(cells));
    return records;
  } catch (error) {
    if (error instanceof WrongCsv) return undefined;
    throw error;
  }
}

/** The same by the library that the command line reads files with. */
function oracle(text: string, delimiter = ','): readonly (readonly string[])[] | undefined {
  try {
    return parse(text, {
      delimiter,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n'],
    });
  } catch {
    return undefined;
  }
}

test.each([
  [
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a, b \r\n "1" , "2,5"\r\n',
    [
      ['a', 'b'],
      ['1', '2,5'],
    ],
  ],
  ['"a ""b""",\n\n  \n"c\nd"', [['a "b"', ''], ['c\nd']]],
  ['a\rb', [['a'], ['b']]],
  ['""', [['']]],
  ['', []],
])('%j is read cell by cell', (text, records) => {
  expect(recordsOf(text)).toEqual(records);
});

test.each(['"a', 'a"b', '"a"b', 'a,"b\nc'])('%j is no CSV', (text) => {
  expect(recordsOf(text)).toBeUndefined();
});

test('a record beyond its limit is rejected, and is not read to its end', () => {
  expect(() => readRecords(`a\n${'x,'.repeat(50)}`, ',', 50, () => undefined)).toThrow(WrongCsv);
});

describe.each([',', ';', '\t', '|', '^'])('with %j between its cells', (delimiter) => {
  test('what is read of any text is what the library reads', () => {
    const parts = ['a', 'é', '1', delimiter, '"', '""', ' ', '\n', '\r\n', '"a"', `"${delimiter}"`];
    const text = fc.string({ unit: fc.constantFrom(...parts), maxLength: 14 });
    fc.assert(
      fc.property(text, (one) => {
        const [read, expected] = [recordsOf(one, delimiter), oracle(one, delimiter)];
        expect([one, read ?? expected]).toEqual([one, expected]);
      }),
      { seed: 13, numRuns: atLength(3000, 500) },
    );
  });

  test('every table that is written as RFC 4180 has it is read cell by cell', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', delimiter, ' ', '\n', '\r'), maxLength: 5 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 });
    const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const text = rows.map((cells) => cells.map(quoted).join(delimiter)).join(end);
        expect(recordsOf(text, delimiter)).toEqual(rows);
      }),
      { seed: 13, numRuns: atLength(1000, 200) },
    );
  });
});
