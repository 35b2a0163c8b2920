import { gzipSync } from 'node:zlib';

type Make = (clickId: string) => string | Uint8Array;

const pieces = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join(',');
const key = 'k'.repeat(16_000);
const fill = (text: string, bytes = 256 * 1024): string => text.repeat(Math.floor(bytes / text.length));
const sales = (count: number, rest = '') => pieces(count, (at) => `{"amount":"1","txid":"T${at}"${rest}}`);

/** Bodies of a postback that were made to cost much: each is read, judged, kept and answered like any other. */
export const hostilePostbacks: Readonly<Record<string, Make>> = {
  'an ordinary postback': (id) => `{"clickid":"${id}","amount":"1","txid":"T1"}`,
  'fifty conversions': (id) => `{"clickid":"${id}","sales":[${sales(50)}]}`,
  'fifty conversions without amounts': (id) =>
    `{"clickid":"${id}","sales":[${pieces(50, (at) => `{"txid":"T${at}"}`)}]}`,
  'fifty conversions, few values, much text': (id) =>
    `{"clickid":"${id}",${pieces(55, (at) => `"x${at}":"${'v'.repeat(4000)}"`)},"sales":[${sales(50)}]}`,
  'fifty conversions, much text each': (id) =>
    `{"clickid":"${id}","sales":[${sales(50, `,"x":"${'v'.repeat(4000)}"`)}]}`,
  'fifty conversions, many values each': (id) =>
    `{"clickid":"${id}","sales":[${sales(50, `,${pieces(190, (at) => `"x${at}":"v"`)}`)}]}`,
  'fifty conversions, many values beside': (id) =>
    `{"clickid":"${id}",${pieces(190, (at) => `"x${at}":"v"`)},"sales":[${sales(50)}]}`,
  'fifty conversions, rejected': (id) =>
    `{"clickid":"${id}",${pieces(40, (at) => `"x${at}":"${'v'.repeat(2500)}"`)},"sales":[${pieces(50, () => '{"amount":"much"}')}]}`,
  'fifty conversions, reversed': (id) =>
    `{"clickid":"${id}",${pieces(40, (at) => `"x${at}":"${'v'.repeat(2500)}"`)},"status":"reversed","sales":[${sales(50)}]}`,
  'fifty macros': (id) => `{"clickid":"${id}","sales":[${sales(50, `,${pieces(190, (at) => `"x${at}":"{macro}"`)}`)}]}`,
  'as a text': (id) => JSON.stringify({ clickid: id, sales: `[${sales(50, `,"x":"${'v'.repeat(4000)}"`)}]` }),
  'a long key over thousands': (id) => `{"clickid":"${id}","amount":"1","${key}":[${'1,'.repeat(9_990)}1]}`,
  'thousands of values': (id) => `{"clickid":"${id}","amount":"1",${pieces(9_900, (at) => `"x${at}":"v"`)}}`,
  'thousands of click IDs': (id) => `{"amount":"1",${pieces(6_000, (at) => `"x${at}":"${id}"`)}}`,
  'thousands of forged click IDs': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(6_000, (at) => `"x${at}":"${id.slice(0, 31)}${at % 9}"`)}}`,
  'lists of lists of click IDs': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(30, (at) => `"x${at}":[${pieces(40, () => `[[{"a":"${id}"},{"a":"${id}"}]]`)}]`)}}`,
  'thousands of lists': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(3_000, (at) => `"x${at}":[{"txid":"1"},{"txid":"2"}]`)}}`,
  'thousands of places': (id) => `{"clickid":"${id}","amount":"1",${pieces(9_000, (at) => `"${at}":{"x":"v"}`)}}`,
  'objects for every field': (id) =>
    `{"clickid":"${id}",${['status', 'event', 'currency', 'txid'].map((name) => `"${name}":{${pieces(2_000, (at) => `"x${at}":"v"`)}}`).join(',')}}`,
  'thousands of statuses': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(4_000, (at) => `"o${at}":{"payment_status":"paid","currency":"eurx"}`)}}`,
  'former records': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(4_000, (at) => `"n${at}":{"old":{"x":"v"},"new":{"x":"v"}}`)}}`,
  'thousands of encoded values': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(9_900, (at) => `"x${at}":"%2525%2525"`)}}`,
  'thousands of numbers': (id) => `{"clickid":"${id}",${pieces(9_900, (at) => `"id${at}":"1.5"`)}}`,
  'thousands of macros': (id) => `{"clickid":"${id}","amount":"1",${pieces(9_900, (at) => `"x${at}":"{m${at}}"`)}}`,
  'macros that are none': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(60, (at) => `"x${at}":"${'{'.repeat(4000)}"`)}}`,
  'macros that are none, percent': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(60, (at) => `"x${at}":"${'%A_'.repeat(1300)}"`)}}`,
  'macros that are none, underscores': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(60, (at) => `"x${at}":"${'__A'.repeat(1300)}"`)}}`,
  'deep nesting': () => `{"a":`.repeat(50_000),
  'nesting and names': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(600, (at) => `"n${at}":${`{"${'b'.repeat(9)}":`.repeat(14)}1${'}'.repeat(14)}`)}}`,
  'a click ID sixteen deep among thousands': (id) =>
    `${'{"a":'.repeat(14)}{"clickid":"${id}",${pieces(9_900, (at) => `"x${at}":"1.5"`)}}${'}'.repeat(14)}`,
  escapes: (id) => `clickid=${id}&amount=1&a=${fill('%25AA.', 240_000)}`,
  'encoded values': (id) =>
    `clickid=${id}&amount=1&${Array.from({ length: 480 }, (_, at) => `x${at}=${'%2525'.repeat(100)}`).join('&')}`,
  'JSON in JSON in JSON': (id) =>
    JSON.stringify({
      clickid: id,
      a: JSON.stringify({ b: JSON.stringify({ c: JSON.stringify({ d: fill('[{"a":1},', 30_000) }) }) }),
    }),
  'JSON texts': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(2_000, (at) => `"x${at}":"{\\"a\\":{\\"b\\":{\\"c\\":\\"{\\\\\\"d\\\\\\":1}\\"}}}"`)}}`,
  'JSON texts that are none': (id) =>
    `{"clickid":"${id}","amount":"1",${pieces(60, (at) => `"x${at}":"[{${'a'.repeat(4000)}"`)}}`,
  backslashes: (id) => `{"clickid":"${id}","a":"${'\\\\'.repeat(2000)}","b":"${'\\'.repeat(200_000)}"}`,
  entities: (id) => `clickid=${id}&a=1${fill('&amp;', 250_000)}`,
  'question marks': (id) => `clickid=${id}&a=${fill('?a=', 250_000)}`,
  semicolons: (id) => `clickid=${id};${fill('a=b;', 250_000)}`,
  blanks: (id) => `clickid=${id}&a=${fill(' ', 250_000)}x`,
  multipart: (id) => fill(`--x\r\ncontent-disposition: form-data; name="clickid"\r\n\r\n${id}\r\n`),
  'multipart without end': () => `--x\r\n${fill('--x\r\n', 250_000)}`,
  'zeros under gzip': () => gzipSync(Buffer.alloc(50 * 1024 * 1024)),
  'a body under gzip': (id) =>
    gzipSync(`{"clickid":"${id}","amount":"1",${pieces(9_900, (at) => `"x${at}":"%2525%2525"`)}}`),
  'latin letters': (id) => Buffer.concat([Buffer.from(`clickid=${id}&a=`), Buffer.alloc(250_000, 0xe9)]),
  zeros: (id) => `clickid=${id}&a=${'\0'.repeat(250_000)}x`,
  tokens: (id) => `clickid=${id}&${Array.from({ length: 20_000 }, () => 'token=x').join('&')}`,
  'token in JSON': (id) => `{"clickid":"${id}",${pieces(15_000, (at) => `"token${at}":"x"`)}}`,
};

const rows = (count: number, row: (at: number) => string): string => `[${pieces(count, row)}]`;

export const hostileBatches: Readonly<Record<string, Make>> = {
  'a thousand rows': (id) => rows(1000, (at) => `{"clickid":"${id}","amount":"1","txid":"T${at}"}`),
  'a thousand rows of 4 kB': (id) =>
    rows(1000, (at) => `{"clickid":"${id}","amount":"1","txid":"T${at}","x":"${'v'.repeat(3900)}"}`),
  'a thousand rows of many values': (id) =>
    rows(1000, (at) => `{"clickid":"${id}","amount":"1","txid":"T${at}",${pieces(320, (n) => `"x${n}":"v"`)}}`),
  'a thousand rows of lists': (id) =>
    rows(1000, (at) => `{"clickid":"${id}","amount":"1","items":[${pieces(190, () => `{"a":"v"}`)}],"txid":"T${at}"}`),
  'a thousand rows of many values, no click ID': () =>
    rows(1000, (at) => `{"txid":"T${at}",${pieces(320, (n) => `"x${n}":"v"`)}}`),
  'rows of forged click IDs': (id) =>
    rows(1000, () => `{${pieces(90, (n) => `"x${n}":"${id.slice(0, 30)}${10 + (n % 90)}"`)}}`),
  'sixteen rows of 250 kB': (id) =>
    rows(16, () => `{"clickid":"${id}","amount":"1",${pieces(62, (at) => `"x${at}":"${'v'.repeat(4000)}"`)}}`),
  'sixteen rows of thousands of values': (id) =>
    rows(16, () => `{"clickid":"${id}","amount":"1",${pieces(9_900, (at) => `"xxxxxxxxxxxx${at}":"v"`)}}`),
  'NDJSON of many values': (id) =>
    Array.from(
      { length: 1000 },
      (_, at) => `{"clickid":"${id}","amount":"1","txid":"T${at}",${pieces(320, (n) => `"x${n}":"v"`)}}`,
    ).join('\n'),
  'CSV of many columns': (id) =>
    [
      `clickid,${pieces(480, (n) => `c${n}`)}`,
      ...Array.from({ length: 1000 }, () => `${id},${pieces(480, () => 'x')}`),
    ].join('\n'),
  'CSV of long names': (id) =>
    [
      `clickid,${pieces(400, (n) => `${n}${'n'.repeat(500)}`)}`,
      ...Array.from({ length: 900 }, () => `${id},${pieces(400, () => '1')}`),
    ].join('\n'),
  'CSV of quotes': (id) =>
    [`clickid,a`, ...Array.from({ length: 1000 }, () => `${id},"${'""'.repeat(1990)}"`)].join('\n'),
  'a list in one row': (id) => `[{"clickid":"${id}","x":"${'y'.repeat(4000)}","sales":[${sales(990)}]}]`,
  depth: () => '{"a":'.repeat(600_000),
  cells: () => ','.repeat(3_000_000),
  lines: () => '\n'.repeat(4_000_000),
  brackets: () => '['.repeat(4_000_000),
  'empty elements': () => `[${'0,'.repeat(2_000_000)}0]`,
};
