import * as fc from 'fast-check';
import { decodeComponent, decodePercent, trimInvisible } from '../../../../lambdas/domain/text/percent-encoding';
import { ReadingBudget } from '../../../../lambdas/domain/text/budget';
import { readQuery as readWithin, splitPairs } from '../../../../lambdas/domain/text/query';

const readQuery = (raw: string, origin: 'query' | 'form') => readWithin(raw, origin, new ReadingBudget());

const pairsOf = (raw: string) => readQuery(raw, 'query').parameters.map(({ name, value }) => [name, value]);

describe('a query', () => {
  test.each<[string, string, readonly (readonly [string, string])[]]>([
    ['nothing', '', []],
    [
      'pairs in their order, doubles included',
      'b=2&a=1&b=3',
      [
        ['b', '2'],
        ['a', '1'],
        ['b', '3'],
      ],
    ],
    ['a plus as a blank', 'a=x+y', [['a', 'x y']]],
    ['%20 as a blank', 'a=x%20y', [['a', 'x y']]],
    ['%2B as a plus', 'a=x%2By', [['a', 'x+y']]],
    ['a value with = in it', 'a=b=c==', [['a', 'b=c==']]],
    [
      'a name without a value',
      'a&b=',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    ['a value without a name', '=x', [['', 'x']]],
    [
      'separators too many',
      '&a=1&&b=2&',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['UTF-8', 'a=J%C3%B6rg', [['a', 'Jörg']]],
    ['Latin-1 bytes as what they are', 'a=J%F6rg', [['a', 'Jörg']]],
    [
      'a % that starts no escape',
      'a=50%&b=%TRANSACTION_ID%&c=%zz',
      [
        ['a', '50%'],
        ['b', '%TRANSACTION_ID%'],
        ['c', '%zz'],
      ],
    ],
    [
      'an escape that breaks off',
      'a=x%C3&b=x%2',
      [
        ['a', 'xÃ'],
        ['b', 'x%2'],
      ],
    ],
    ['encoded names', '%63lickid=1', [['clickid', '1']]],
    ['encoded separators as part of a value', 'a=1%26b%3D2', [['a', '1&b=2']]],
    ['blanks and byte order marks around names and values', '%EF%BB%BFa=+1%E2%80%8B', [['a', '1']]],
    ['a double encoding as it is: each field decides', 'a=x%2520y', [['a', 'x%20y']]],
  ])('reads %s', (_, raw, pairs) => {
    expect(pairsOf(raw)).toEqual(pairs);
    expect(readQuery(raw, 'query').repairs).toEqual([]);
  });

  test.each<[string, string, readonly (readonly [string, string])[]]>([
    [
      'a second ?',
      '?a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['an & before it', '&?a=1', [['a', '1']]],
    [
      'a ? where & belongs',
      'a=1?b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'every ? where & belongs',
      'a=1?b=2.5?c=3',
      [
        ['a', '1'],
        ['b', '2.5'],
        ['c', '3'],
      ],
    ],
    [
      'a ? after an empty value',
      'a=?b=2',
      [
        ['a', ''],
        ['b', '2'],
      ],
    ],
    [
      '&amp;',
      'a=1&amp;b=2&AMP;c=3',
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ],
    ],
    [
      '&amp; turned into HTML twice',
      'a=1&amp;amp;b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      '&currency eaten as an entity',
      'a=1¤cy=USD',
      [
        ['a', '1'],
        ['currency', 'USD'],
      ],
    ],
    [
      'the same, encoded',
      'a=1%C2%A4cy=USD',
      [
        ['a', '1'],
        ['currency', 'USD'],
      ],
    ],
    [
      '&param, &timestamp, &region, &copy, &not, &section',
      'a=1¶m=2×tamp=3®ion=4©=5¬e=6§ion=7',
      [
        ['a', '1'],
        ['param', '2'],
        ['timestamp', '3'],
        ['region', '4'],
        ['copy', '5'],
        ['note', '6'],
        ['section', '7'],
      ],
    ],
    [
      '&timestamp encoded',
      'a=1%C3%97tamp=3',
      [
        ['a', '1'],
        ['timestamp', '3'],
      ],
    ],
    [
      'a query encoded as a whole',
      'a%3D1%26b%3Dx%2By',
      [
        ['a', '1'],
        ['b', 'x y'],
      ],
    ],
  ])('mends %s, and says so once', (_, raw, pairs) => {
    expect(pairsOf(raw)).toEqual(pairs);
    expect(readQuery(raw, 'query').repairs).toHaveLength(1);
  });

  test.each([
    ['a URL in a value', 'ref=https://shop.example/?p=12'],
    ['a path in a value', 'ref=/offer?p=12'],
    ['a question in a value', 'a=really?'],
    ['an eaten entity that nothing follows', 'a=5¤'],
    ['a currency sign within an encoded value', 'a=%C2%A45'],
    ['an encoded value beside a plain one', 'a=1&b=x%3Dy'],
  ])('leaves alone %s', (_, raw) => {
    expect(readQuery(raw, 'query').repairs).toEqual([]);
    expect(readQuery(raw, 'query').parameters).toEqual(splitPairs(raw, 'query'));
  });

  test('reads back whatever was encoded, by either rule for blanks', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value === trimInvisible(value));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (pairs) => {
        const byPercent = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
        const byForm = new URLSearchParams(pairs).toString();
        expect(splitPairs(byPercent, 'query').map(({ name, value }) => [name, value])).toEqual(pairs);
        expect(splitPairs(byForm, 'query').map(({ name, value }) => [name, value])).toEqual(pairs);
      }),
    );
  });

  test('arbitrary texts never throw, and two different bytes stay different', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ab=&?%+C2A4;¤¶/:é ')) }),
        fc.nat(255),
        fc.nat(255),
        (raw, one, other) => {
          expect(() => readQuery(raw, 'query')).not.toThrow();
          fc.pre(one !== other);
          const escape = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;
          expect(decodeComponent(escape(one))).not.toBe(decodeComponent(escape(other)));
        },
      ),
    );
  });
});

describe('trimming', () => {
  test('drops blanks, byte order marks and zero-width letters around a text and none within', () => {
    expect(trimInvisible('\ufeff \u200b\ta\u200b b\u2060\n')).toBe('a\u200b b');
    expect(trimInvisible(' \u200b ')).toBe('');
  });

  test('takes a quarter of a megabyte of blanks for what it is', () => {
    const text = `a${' '.repeat(256 * 1024)}b`;
    expect(trimInvisible(`${text} `)).toBe(text);
    expect(decodePercent(text)).toBe(text);
  });
});
