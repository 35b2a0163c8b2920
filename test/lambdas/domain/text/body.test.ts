import * as fc from 'fast-check';
import { readBody } from '../../../../lambdas/domain/text/body';
import { ReadingBudget } from '../../../../lambdas/domain/text/budget';
import { readParameters } from '../../../../lambdas/domain/request/parameters';
import { maximumBodyBytes, maximumParameters } from '../../../../lambdas/domain/text/postback-request';
import { request } from '../support/factories';

function pairsOf(body: string | Uint8Array, contentType?: string): unknown {
  const reading = readBody(
    Buffer.from(body),
    contentType === undefined ? {} : { 'content-type': contentType },
    new ReadingBudget(),
  );
  return reading.ok ? reading.parameters.map(({ name, value }) => [name, value]) : reading.message;
}

describe('a body', () => {
  test('of nothing, or of blanks, holds nothing, whatever it is called', () => {
    for (const body of ['', ' \r\n', '\ufeff']) expect(pairsOf(body, 'multipart/form-data')).toEqual([]);
  });

  test.each([undefined, 'text/plain', 'application/json', 'application/x-www-form-urlencoded; charset=utf-8'])(
    'is read by what it is, called %s',
    (contentType) => {
      expect(pairsOf('clickid=x&amount=1%2C5+', contentType)).toEqual([
        ['clickid', 'x'],
        ['amount', '1,5'],
      ]);
      expect(pairsOf('\ufeff{"clickid":"x"}', contentType)).toEqual([['clickid', 'x']]);
    },
  );

  test.each([
    ['utf16le', '\ufeff'],
    ['utf16le', ''],
  ] as const)('of %s that a gateway took for UTF-8 keeps its letters of ASCII (mark %j)', (encoding, mark) => {
    const mangled = Buffer.from(`${mark}{"clickid":"x","amount":5}`, encoding).toString('utf8');
    const pairs = [
      ['clickid', 'x'],
      ['amount', '5'],
    ];
    expect(pairsOf(mangled, 'application/json; charset=utf-16')).toEqual(pairs);
    expect(pairsOf(Buffer.from(mangled.replace(/^\ufffd+/, '')).toString('utf8'))).toEqual(pairs);
    const form = Buffer.from(`${mark}clickid=x&amount=5`, encoding).toString('utf8');
    expect(pairsOf(form, 'application/x-www-form-urlencoded')).toEqual(pairs);
  });

  test('JSON that was made a text twice, or that is the only name of a form, is JSON', () => {
    const body = JSON.stringify({ clickid: 'x', amount: '5' });
    for (const sent of [JSON.stringify(body), encodeURIComponent(body), `${encodeURIComponent(body)}=`]) {
      expect(pairsOf(sent, 'application/x-www-form-urlencoded')).toEqual([
        ['clickid', 'x'],
        ['amount', '5'],
      ]);
    }
  });

  test.each(['clickid=x;amount=5', 'clickid=x\r\namount=5\r\n', 'clickid=x\namount=5'])(
    'parameters that no "&" separates are told apart by what does: %j',
    (body) => {
      expect(pairsOf(body)).toEqual([
        ['clickid', 'x'],
        ['amount', '5'],
      ]);
      expect(pairsOf('clickid=x&note=a;b=c')).toEqual([
        ['clickid', 'x'],
        ['note', 'a;b=c'],
      ]);
    },
  );

  test('a form is mended as a query is', () => {
    expect(pairsOf('a=1&amp;b=2')).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  test('bytes that are no UTF-8 are Latin-1', () => {
    expect(pairsOf(Buffer.from('name=J\xf6rg', 'latin1'))).toEqual([['name', 'Jörg']]);
  });

  test.each([
    ['{"amount":1.10}', '1.10'],
    ['{"amount":12345678901234567890.123456}', '12345678901234567890.123456'],
    ['{"amount":0.1}', '0.1'],
    ['{"amount":1e3}', '1e3'],
    ['{"amount":-0}', '-0'],
    ['{"amount":"1.10"}', '1.10'],
    ['{"amount":true}', 'true'],
  ])('JSON keeps a number as it was written: %s', (body, text) => {
    expect(pairsOf(body)).toEqual([['amount', text]]);
  });

  test('JSON within JSON becomes dotted names, lists their places, null nothing', () => {
    const body = { a: { b: { c: 1 } }, items: [{ p: 2 }, 'x'], none: null, empty: {} };
    expect(pairsOf(JSON.stringify(body))).toEqual([
      ['a.b.c', '1'],
      ['items.0.p', '2'],
      ['items.1', 'x'],
      ['empty', '{}'],
    ]);
  });

  test('JSON as a text within JSON is read too, and kept as the text', () => {
    const inner = '{"af_revenue":1.50,"deep":"{\\"x\\":2}"}';
    expect(pairsOf(JSON.stringify({ event_value: inner }))).toEqual([
      ['event_value', inner],
      ['event_value.af_revenue', '1.50'],
      ['event_value.deep', '{"x":2}'],
      ['event_value.deep.x', '2'],
    ]);
    expect(pairsOf('{"a":"{clickid:x"}')).toEqual([['a', '{clickid:x']]);
  });

  test('half a surrogate pair that JSON escapes becomes a letter that every store takes', () => {
    expect(pairsOf('{"a\\udc00":"\\ud83d"}')).toEqual([['a\ufffd', '\ufffd']]);
  });

  test.each([
    ['multipart', 'a=1', 'multipart/form-data; boundary=x'],
    [
      'multipart',
      '--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\n1\r\n--x--',
      'multipart/form-data; boundary=x',
    ],
    ['XML', '<conversion><amount>1</amount></conversion>', 'text/xml'],
    ['XML', '<a b="c=d"/>', undefined],
    ['a JSON array', '[{"clickid":"x"},{"clickid":"y"}]', undefined],
    ['a JSON array', '[{"clickid":"x","sales":[{"o":"1"}]}]', undefined],
    ['a JSON array', '[]', undefined],
    ['JSON', '{"clickid":', undefined],
    ['JSON', '{clickid=x}', undefined],
    ['neither', 'hello', undefined],
    ['neither', 'null', 'application/json'],
    ['neither', '"text"', 'application/json'],
    ['neither', '12', undefined],
  ])('of %s that cannot be read is rejected by its name: %.30s', (kind, body, contentType) => {
    expect(pairsOf(body, contentType)).toMatch(kind);
  });

  test('of arbitrary bytes never throws', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...Array.from('{}[]":,\\ab1e-.=&%u0d8')) }).map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (body) => expect(pairsOf(body)).toBeDefined()),
      { numRuns: 500 },
    );
  });
});

describe('the parameters of a postback', () => {
  test('are those of its query and of its body together', () => {
    const reading = readParameters(request('clickid=x', { body: '{"amount":1.10}' }));
    expect(reading).toMatchObject({
      ok: true,
      parameters: [
        { name: 'clickid', value: 'x', origin: 'query' },
        { name: 'amount', value: '1.10', origin: 'json' },
      ],
      warnings: [],
    });
  });

  test('JSON in a parameter of a query or a form is read too', () => {
    const reading = readParameters(request('', { body: `sale=${encodeURIComponent('{"amount":1.10}')}` }));
    expect(reading.ok && reading.parameters.map(({ name, value }) => [name, value])).toEqual([
      ['sale', '{"amount":1.10}'],
      ['sale.amount', '1.10'],
    ]);
  });

  test('a repair and a missing User-Agent are told, and reject nothing', () => {
    const reading = readParameters(request('?clickid=x', { headers: {} }));
    expect(reading.ok && reading.warnings.map(({ code }) => code)).toEqual(['QUERY_REPAIRED', 'USER_AGENT_MISSING']);
  });

  test('too large a body, and too many parameters, are TOO_LARGE', () => {
    const blank = (length: number) => request('a=1', { body: Buffer.alloc(length, 0x20) });
    expect(readParameters(blank(maximumBodyBytes))).toMatchObject({ ok: true });
    expect(readParameters(blank(maximumBodyBytes + 1))).toMatchObject({ ok: false, reason: 'TOO_LARGE' });
    const many = (count: number) => request(Array.from({ length: count }, (_, at) => `p${at}=1`).join('&'));
    expect(readParameters(many(maximumParameters))).toMatchObject({ ok: true });
    expect(readParameters(many(maximumParameters + 1))).toMatchObject({ ok: false, reason: 'TOO_LARGE' });
  });
});
