import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { readBatch } from '../../../../lambdas/domain/request/batch';
import { ReadingBudget, readingLimits } from '../../../../lambdas/domain/text/budget';
import { findClickId } from '../../../../lambdas/domain/request/click-id-reading';
import { searchedRuns } from '../../../../lambdas/domain/click/click-id-text';
import { fieldNamesOf } from '../../../../lambdas/domain/request/field-names';
import { decodePercent } from '../../../../lambdas/domain/text/percent-encoding';
import { readParameters } from '../../../../lambdas/domain/request/parameters';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import { clickIdKeys } from '../../../../lambdas/domain/trust/keys';
import { clickId, master, request } from '../support/factories';
import { claimsOf } from '../support/read-postback';
import { atLength } from '../../../support/at-length';

const id = clickId();
const body = (text: string | Uint8Array, headers = {}): PostbackRequest =>
  request('', { body: text, headers: { 'user-agent': 'x', ...headers } });

/** The reason, and the letters that were looked at and made on the way to it. */
function cost(sent: PostbackRequest): { reason: string; letters: number; made: number } {
  const budget = new ReadingBudget();
  const reading = readParameters(sent, budget);
  const parameters = reading.ok ? reading.parameters : [];
  const made = parameters.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  return { reason: reading.ok ? 'read' : reading.reason, letters: budget.letters, made };
}

/** MACs that finding its click ID takes. */
function macsOf(sent: PostbackRequest): number {
  let macs = 0;
  const keys = clickIdKeys(master).map((one) => ({
    ...one,
    get secret() {
      macs++;
      return one.secret;
    },
  }));
  const reading = readParameters(sent);
  if (reading.ok) findClickId(reading.parameters, fieldNamesOf(undefined), keys);
  return macs;
}

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const list = (leaves: number): string => `{"a":[${Array.from({ length: leaves }, () => '1').join(',')}]}`;
const pairs = (count: number): string => Array.from({ length: count }, (_, at) => `p${at}=1`).join('&');
const value = (length: number): string => 'v'.repeat(length);

describe('one postback may hold', () => {
  test.each<[string, (size: number) => PostbackRequest, number]>([
    ['levels of JSON', (size) => body(nested(size)), readingLimits.levels],
    ['values in JSON', (size) => body(list(size)), readingLimits.leaves],
    ['parameters in its query', (size) => request(pairs(size)), readingLimits.pairs],
    ['parameters in its form', (size) => body(pairs(size)), readingLimits.pairs],
    ['letters in a value of its query', (size) => request(`a=${value(size)}`), readingLimits.valueLength],
    ['letters in an encoded value', (size) => request(`a=${'%E2%82%AC'.repeat(size)}`), readingLimits.valueLength],
    ['letters in a value of its form', (size) => body(`a=${value(size)}`), readingLimits.valueLength],
    ['letters in a value of JSON', (size) => body(`{"a":"${value(size)}"}`), readingLimits.valueLength],
    ['bytes in its body', (size) => body(Buffer.alloc(size, 0x20)), readingLimits.bytes],
    ['bytes after it was inflated', (size) => body(gzipSync(Buffer.alloc(size, 0x20))), readingLimits.bytes],
  ])('a bounded number of %s, and not one more', (_, make, limit) => {
    expect(cost(make(limit)).reason).toBe('read');
    expect(cost(make(limit + 1)).reason).toBe('TOO_LARGE');
  });

  test("a shop's order with hundreds of values, and JSON in a form that is longer than a value", () => {
    const items = Array.from({ length: 95 }, (_, at) => ({
      id: at,
      sku: `S${at}`,
      title: 'x',
      price: '1.5',
      q: 1,
      tax: 0,
      g: 9,
    }));
    const order = { clickid: id, amount: '12.50', order_id: 'A1', line_items: items };
    const read = [{ event: 'conversion', transactionId: 'A1', amount: '12.5', warnings: [] }];
    expect(claimsOf(body(JSON.stringify(order)))).toEqual(read);
    expect(claimsOf(body(`payload=${encodeURIComponent(JSON.stringify(order))}`))).toEqual(read);
  });
});

describe('a bomb costs no more than its letters', () => {
  const key = 'k'.repeat(16_000);
  const bombs: Readonly<Record<string, PostbackRequest>> = {
    'a long key over a list of thousands': body(`{"${key}":[${'1,'.repeat(14_999)}1]}`),
    'a long key over a list that fits': body(`{"${key}":[${'1,'.repeat(9_998)}1]}`),
    'a long key within a long key': body(`{"${key}":{"${key}":{"${key}":[${'1,'.repeat(9_000)}1]}}}`),
    'nesting without end': body('{"a":'.repeat(50_000)),
    'lists without end': body(`{"a":${'['.repeat(200_000)}`),
    'an encoded percent sign again and again': body(`a=${'%25AA.'.repeat(40_000)}`),
    'the same in JSON': body(`{"a":"${'%25AA.'.repeat(40_000)}"}`),
    'the same as a whole query': body(`${'%25AA.'.repeat(40_000)}%3D`),
    'braces that look like JSON': body(`a=${encodeURIComponent('{":'.repeat(28_000))}`),
    'JSON in JSON in JSON': body(
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: '{"d":'.repeat(9000) }) }) }),
    ),
    'backslashes before a quote': body(`{"a":"${'\\'.repeat(200_000)}"}`),
    'names without values': body('&'.repeat(250_000)),
    'question marks': body(`a=${'?a='.repeat(80_000)}`),
    entities: body(`a=1${'&amp;'.repeat(50_000)}`),
    'parts without an end': body(`--x\r\n${'--x\r\n'.repeat(40_000)}`, {
      'content-type': 'multipart/form-data; boundary=x',
    }),
    'zeros under gzip': body(gzipSync(Buffer.alloc(50 * 1024 * 1024))),
  };

  test.each(Object.entries(bombs))('%s', (_, sent) => {
    const { letters, made } = cost(sent);
    const size = Math.max(sent.body.length, 1024);
    // A fifth look for each nesting of texts; a name of 256 letters for each of 10,000 values is the worst that is made.
    expect(letters).toBeLessThan(5 * size + readingLimits.leaves * 300);
    expect(made).toBeLessThan(3 * readingLimits.bytes + readingLimits.leaves * 300);
  });

  test('the first thing beyond the budget ends the reading', () => {
    const { reason, letters } = cost(body(`{"a":[${'1,'.repeat(120_000)}1]}`));
    expect(reason).toBe('TOO_LARGE');
    expect(letters).toBeLessThan(300_000);
    expect(cost(body(`{"a":"${value(5000)}","b":[${'1,'.repeat(9000)}1]}`)).reason).toBe('TOO_LARGE');
  });

  const forged = `${id.slice(0, 31)}${id.endsWith('0') ? '1' : '0'}`;
  const times = <Sent>(count: number, sent: Sent): Record<string, Sent> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, sent]));

  test.each([
    ['under thousands of names', JSON.stringify(times(4000, forged))],
    ['under one name', `{${Array.from({ length: 4000 }, () => `"clickid":"${forged}"`).join(',')}}`],
    ['in long values', JSON.stringify(times(60, `${forged}-`.repeat(120)))],
    [
      'in long values of one name',
      `{${Array.from({ length: 60 }, () => `"clickid":"${`${forged}-`.repeat(120)}"`).join(',')}}`,
    ],
  ])('click IDs of others %s cost a bounded number of MACs', (_, text) => {
    const macs = macsOf(body(text));
    expect(macs).toBeGreaterThan(0);
    expect(macs).toBeLessThanOrEqual(4 * searchedRuns * clickIdKeys(master).length);
  });

  test('hashes of the same letters cost no MAC, and hide no click ID behind them', () => {
    const hashes = times(200, 'f5bb0c8de146c67b44babbf4e6584cc0');
    const reading = readParameters(
      body(JSON.stringify({ ...hashes, all: Object.values(hashes).slice(0, 100).join('-'), z: id })),
    );
    if (!reading.ok) throw new Error(reading.message);
    expect(findClickId(reading.parameters, fieldNamesOf(undefined), clickIdKeys(master))).toMatchObject({
      ok: true,
      value: { parameter: 'z', outcome: { genuine: true } },
    });
  });

  test('decoding looks at each letter once, and keeps what is no escape', () => {
    const text = '%25AA.'.repeat(40_000);
    expect(decodePercent(text)).toBe('%AA.'.repeat(40_000));
    expect(decodePercent('%'.repeat(100_000))).toHaveLength(100_000);
  });
});

describe('a batch', () => {
  const reasonOf = (text: string): string => {
    const reading = readBatch(Buffer.from(text));
    return reading.ok ? `${reading.rows.length} rows` : reading.reason;
  };

  test.each([
    ['elements of a list', `[${'0,'.repeat(1_000_000)}0]`],
    ['values in one row', `[[${'0,'.repeat(20_000)}0]]`],
    ['values in one line', `{"a":[${'0,'.repeat(20_000)}0]}`],
    ['levels in one row', `[${'['.repeat(30)}${']'.repeat(30)}]`],
    ['lines', '{"a":1}\n'.repeat(200_000)],
    ['columns', `${'a,'.repeat(2000)}\n`],
    ['cells in a row', `a,b\n${','.repeat(200_000)}`],
    ['rows of CSV', 'a\n'.repeat(1_000_000)],
    ['conversions in one row', `[{"clickid":"a","sales":[${'{"t":1},'.repeat(2000)}{"t":1}]}]`],
  ])('of too many %s is TOO_LARGE', (_, text) => {
    expect(reasonOf(text)).toBe('TOO_LARGE');
  });

  test('whose row is larger than a postback may be is left to the one who queues it', () => {
    expect(reasonOf(`[{"a":"${'x'.repeat(300_000)}"},{"a":1}]`)).toBe('2 rows');
  });
});

describe('whatever is sent', () => {
  const marks = '{ } [ ] " : , \\ & = ? %25 %7B % ; 1 a {"a": [{ "a" &amp; amount clickid %25AA. ¤'.split(' ');
  const part = 'content-disposition: form-data; name="a"\r\n\r\n';
  const other = `${id.slice(0, 31)}${id.endsWith('0') ? '1' : '0'}`;
  const bit = fc.constantFrom(
    ...marks,
    other,
    `${other}-`,
    `"clickid":"${other}",`,
    `&a=${other}`,
    '\n',
    '--x\r\n',
    part,
    'sep=;\n',
    id,
  );
  /** A few pieces, each repeated up to as often as a body has room for: what a bomb is made of. */
  const bomb = fc
    .array(fc.tuple(bit, fc.constantFrom(1, 1, 2, 17, 600, 12_000)), { minLength: 1, maxLength: 8 })
    .map((pieces) =>
      pieces
        .map(([text, times]) => text.repeat(times))
        .join('')
        .slice(0, readingLimits.bytes),
    );
  const shape = fc.constantFrom(
    (text: string) => body(text),
    (text: string) => body(`{"clickid":"${id}","a":${JSON.stringify(text)}}`),
    (text: string) => body(`{"clickid":"${id}","a":[${text}]}`),
    (text: string) => body(`clickid=${id}&a=${encodeURIComponent(text).slice(0, 200_000)}`),
    (text: string) => body(gzipSync(text)),
    (text: string) => request(text.slice(0, 10_000)),
  );

  test('reading looks at no letter more often than texts may be nested, and never throws', () => {
    fc.assert(
      fc.property(bomb, shape, (text, make) => {
        const sent = make(text.toWellFormed());
        const { letters, made } = cost(sent);
        expect(letters).toBeLessThan((readingLimits.levels + 4) * readingLimits.bytes);
        expect(made).toBeLessThan(4 * readingLimits.bytes + readingLimits.leaves * 300);
        expect(claimsOf(sent)).toBeDefined();
        expect(macsOf(sent)).toBeLessThanOrEqual(4 * searchedRuns * clickIdKeys(master).length);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? atLength(150, 50)) },
    );
  });

  test('a batch has at most its thousand rows, no longer in all than a share of it for each', () => {
    fc.assert(
      fc.property(bomb, fc.constantFrom('', '[', '{"a":1}\n', 'a;b\n'), (text, start) => {
        const bytes = Buffer.from(start + text);
        const reading = readBatch(bytes);
        const rows = reading.ok ? reading.rows : [];
        expect(rows.length).toBeLessThanOrEqual(1000);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? atLength(150, 50)) },
    );
  });

  test('JSON is read as JSON.parse reads it: the same values, in the same order, or none at all', () => {
    const plain = (input: unknown, name: string): (readonly [string, string])[] => {
      if (input === null) return [];
      if (typeof input !== 'object') return [[name, typeof input === 'string' ? input.trim() : JSON.stringify(input)]];
      const inner = Object.entries(input);
      if (inner.length === 0) return [[name, Array.isArray(input) ? '[]' : '{}']];
      return inner.flatMap(([key, member]) => plain(member, name === '' ? key : `${name}.${key}`));
    };
    const word = fc.string({ unit: fc.constantFrom(...Array.from('abc \\"é\n1')), maxLength: 6 });
    const keys = fc.string({ unit: fc.constantFrom(...Array.from('abcde')), minLength: 1, maxLength: 4 });
    const document = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
    })).object;
    fc.assert(
      fc.property(document, fc.integer({ min: 0, max: 2 }), fc.nat(60), (input, indent, cut) => {
        const text = JSON.stringify(input, null, indent);
        const reading = readParameters(body(text));
        const read = reading.ok ? reading.parameters.map(({ name, value: sent }) => [name, sent]) : reading.reason;
        const expected = Object.keys(input ?? {}).length === 0 ? [['', '{}']] : plain(input, '');
        expect(read).toEqual(expected);
        // Cut short it is none, as for everybody.
        expect(readParameters(body(text.slice(0, Math.max(1, text.length - 1 - cut))))).toMatchObject({ ok: false });
      }),
    );
  });
});
