import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { parseKeepingNumbers } from '../../../../lambdas/domain/text/json';
import { inflateBatch } from '../../../../lambdas/domain/request/batch-bytes';
import { maximumBatchBytes, maximumRows, readBatch } from '../../../../lambdas/domain/request/batch';

function rows(text: string): unknown {
  const reading = readBatch(Buffer.from(text));
  return reading.ok ? reading.rows.map(rowOf) : `${reading.reason} ${reading.message}`;
}

/** What a row will be judged by: an object's fields, or the text that it stayed. */
function rowOf(row: string): unknown {
  return row.startsWith('{"') && row.endsWith('}') ? parseKeepingNumbers(row) : row;
}

const two = [
  { clickid: 'a', amount: '1.10' },
  { clickid: 'b', amount: '1e3' },
];

describe('a batch', () => {
  test.each([
    ['a JSON array', '[{"clickid":"a","amount":1.10},{"clickid":"b","amount":1e3}]'],
    ['a JSON array after a byte order mark', '\ufeff [{"clickid":"a","amount":1.10},\n{"clickid":"b","amount":1e3}]\n'],
    ['NDJSON', '{"clickid":"a","amount":1.10}\n\n{"clickid":"b","amount":1e3}\n'],
    ['NDJSON with Windows line ends', '{"clickid":"a","amount":1.10}\r\n{"clickid":"b","amount":1e3}\r\n'],
    ['CSV with commas', 'clickid,amount\na,1.10\nb,1e3\n'],
    ['CSV with semicolons', 'clickid;amount\r\na;1.10\r\nb;1e3'],
    ['CSV with tabs', 'clickid\tamount\na\t1.10\nb\t1e3'],
    ['CSV whose first line says what separates its cells', 'sep=;\r\nclickid;amount\r\na;1.10\r\nb;1e3'],
    ['CSV with an unusual separator, said first', '"sep=^"\nclickid^amount\na^1.10\nb^1e3'],
    ['CSV with quotes, blanks and a byte order mark', '\ufeff"clickid", amount\n"a", "1.10"\n\n b ,1e3\n'],
  ])('reads %s, its numbers as they were written', (_, text) => {
    expect(rows(text)).toEqual(two);
  });

  test('a quoted value holds what it holds', () => {
    expect(rows('clickid,note\na,"x, ""y""\nz"')).toEqual([{ clickid: 'a', note: 'x, "y"\nz' }]);
    expect(rows('clickid;amount\na;1,50')).toEqual([{ clickid: 'a', amount: '1,50' }]);
    expect(rows('clickid;"name, full"\na;b')).toEqual([{ clickid: 'a', 'name, full': 'b' }]);
  });

  test('a row that is none stays as it came, to be rejected by itself, and the others count', () => {
    expect(rows('[{"clickid":"a"},5,null,[1],"x",{"clickid":"b"}]')).toEqual([
      { clickid: 'a' },
      '5',
      'null',
      '[1]',
      '"x"',
      { clickid: 'b' },
    ]);
    expect(rows('{"clickid":"a"}\n{"clickid":\nx\n{"clickid":"b"}')).toEqual([
      { clickid: 'a' },
      '{"clickid":',
      'x',
      { clickid: 'b' },
    ]);
  });

  test('a row of CSV that came apart at a decimal comma is not read, as if 12,50 were 12', () => {
    expect(rows('clickid,currency,amount\na,USD,12,50\nb,USD,13')).toEqual([
      'a,USD,12,50',
      { clickid: 'b', currency: 'USD', amount: '13' },
    ]);
    expect(rows('clickid,amount\na,12,\nb')).toEqual([{ clickid: 'a', amount: '12' }, { clickid: 'b' }]);
  });

  test('a header that names a column twice says nothing certain', () => {
    expect(rows('clickid,amount,amount\na,1,2')).toMatch(/BODY_INVALID .*"amount" twice/);
  });

  test('several conversions in one object are a row each', () => {
    expect(rows('[{"clickid":"a","conversions":[{"amount":1},{"amount":2}]}]')).toEqual([
      { clickid: 'a', amount: '1' },
      { clickid: 'a', amount: '2' },
    ]);
  });

  test.each([
    ['sales', '[{"visitorId":"a","sales":[{"t":"120.50","o":"1"},{"t":30,"o":"2"}]}]'],
    ['sales as a text', JSON.stringify([{ visitorId: 'a', sales: '[{"t":"120.50","o":"1"},{"t":30,"o":"2"}]' }])],
    ['Sales, in a line', '{"visitorId":"a","Sales":[{"t":"120.50","o":"1"},{"t":30,"o":"2"}]}'],
    ['sales in a cell', 'visitorId,sales\na,"[{""t"":""120.50"",""o"":""1""},{""t"":30,""o"":""2""}]"'],
  ])('rows may list %s, one conversion each', (_, text) => {
    expect(rows(text)).toEqual([
      { visitorId: 'a', t: '120.50', o: '1' },
      { visitorId: 'a', t: '30', o: '2' },
    ]);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['an empty array', '[]'],
    ['a header alone', 'clickid,amount'],
    ['a JSON array that breaks off', '[{"clickid":"a"}'],
    ['CSV with an open quote', 'clickid\n"a'],
  ])('of %s is BODY_INVALID', (_, text) => {
    expect(rows(text)).toMatch(/^BODY_INVALID .*Send a JSON array/);
  });

  test('of more than 1,000 rows, or 4 MB, is TOO_LARGE', () => {
    const lines = (count: number) => '{"clickid":"a"}\n'.repeat(count);
    expect(rows(lines(maximumRows))).toHaveLength(1000);
    expect(rows(lines(maximumRows + 1))).toMatch(/^TOO_LARGE .*more than 1000 rows/);
    expect(readBatch(Buffer.alloc(maximumBatchBytes + 1, 0x20))).toMatchObject({ ok: false, reason: 'TOO_LARGE' });
  });
});

describe('the bytes of a batch', () => {
  const text = 'clickid\tamount\tevent\na\t1.10\tBücher\n';
  const one = [{ clickid: 'a', amount: '1.10', event: 'Bücher' }];
  const utf16 = (order: 'le' | 'be'): Buffer => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };
  const read = (bytes: Uint8Array | undefined): unknown => {
    const reading = readBatch(bytes);
    return reading.ok ? reading.rows.map(rowOf) : `${reading.reason} ${reading.message}`;
  };

  test.each<[string, Uint8Array]>([
    ['UTF-16 as a spreadsheet saves it', utf16('le')],
    ['UTF-16, the other way round', utf16('be')],
    ['Latin-1', Buffer.from(text, 'latin1')],
    ['UTF-8', Buffer.from(text)],
  ])('are read in %s', (_, bytes) => {
    expect(read(bytes)).toEqual(one);
  });

  test.each<[string, (bytes: Buffer) => Buffer, string | undefined]>([
    ['gzip', gzipSync, 'gzip'],
    ['gzip that nobody says', gzipSync, undefined],
    ['deflate', deflateSync, 'deflate'],
    ['brotli', brotliCompressSync, 'br'],
    ['nothing, called gzip', (bytes) => bytes, 'gzip'],
  ])('are read where they are compressed by %s', (_, compress, encoding) => {
    expect(read(inflateBatch(compress(utf16('le')), encoding))).toEqual(one);
  });

  test('may be as many once decompressed as they may be without, and not one more', () => {
    const zipped = (size: number) => inflateBatch(gzipSync(Buffer.alloc(size, 0x20)), 'gzip');
    expect(zipped(maximumBatchBytes)).toHaveLength(maximumBatchBytes);
    expect(read(zipped(maximumBatchBytes + 1))).toMatch(/^TOO_LARGE .*once it is decompressed/);
  });
});
