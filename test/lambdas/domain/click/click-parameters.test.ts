import * as fc from 'fast-check';
import { readClickParameters } from '../../../../lambdas/domain/click/click-parameters';
import { isAheadOfVisitor } from '../../../../lambdas/domain/click/prefetch';

const many = (count: number): string => Array.from({ length: count }, (_, at) => `p${at}=1`).join('&');

describe('the parameters of a click', () => {
  test('are read by their names, in any case, decoded', () => {
    const query = 'Source=fb+ads&SUB1=a&sub10=%C3%B6&external_id=x%2By&cost=0,12&test=1&utm_term=a&UTM=b';
    expect(readClickParameters(query)).toEqual({
      source: 'fb ads',
      subs: { sub1: 'a', sub10: 'ö' },
      externalId: 'x+y',
      cost: '0,12',
      test: true,
      parameters: { utm_term: 'a', UTM: 'b' },
      truncated: false,
    });
  });

  test('of an empty query are none', () => {
    expect(readClickParameters('')).toEqual({ subs: {}, test: false, parameters: {}, truncated: false });
    expect(readClickParameters('source=&sub1=&=x&utm=')).toEqual(readClickParameters(''));
  });

  test('of one name count with their first value', () => {
    expect(readClickParameters('sub1=a&SUB1=b&source=a&source=b&x=1&x=2')).toMatchObject({
      source: 'a',
      subs: { sub1: 'a' },
      parameters: { x: '1' },
    });
  });

  test('that no sub of ours names are kept beside', () => {
    expect(readClickParameters('sub0=a&sub11=b&sub01=c').parameters).toEqual({ sub0: 'a', sub11: 'b', sub01: 'c' });
  });

  test.each(['1', 'true', 'YES', 'on'])('test=%s is a test', (value) => {
    expect(readClickParameters(`test=${value}`).test).toBe(true);
  });

  test.each(['0', 'false', 'no', 'x'])('test=%s is none', (value) => {
    expect(readClickParameters(`test=${value}`).test).toBe(false);
  });

  test('are 30 of 512 characters at most; what exceeds that is dropped and flagged', () => {
    expect(readClickParameters(many(30)).truncated).toBe(false);
    const over = readClickParameters(`${many(31)}&sub1=kept`);
    expect([Object.keys(over.parameters).length, over.truncated, over.subs['sub1']]).toEqual([30, true, 'kept']);
    expect(readClickParameters(`sub1=${'x'.repeat(512)}`).truncated).toBe(false);
    const long = readClickParameters(`sub1=${'x'.repeat(513)}&${'n'.repeat(600)}=1`);
    expect([long.subs['sub1']?.length, long.truncated, Object.keys(long.parameters)[0]?.length]).toEqual([
      512,
      true,
      512,
    ]);
  });

  test('never throw, and never exceed their limits, whatever the visitor sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab=&?%+C2A4;__proto__😀sub1')) }), (raw) => {
        const { parameters, subs } = readClickParameters(`${raw}&x=${'😀'.repeat(300)}`);
        for (const value of [...Object.entries(parameters), ...Object.entries(subs)].flat()) {
          expect(value.length).toBeLessThanOrEqual(512);
          expect(value.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe('a request ahead of its visitor', () => {
  const header = (headers: Readonly<Record<string, string>>) => (name: string) => headers[name];

  test.each<[string, Readonly<Record<string, string>>]>([
    ['HEAD', {}],
    ['GET', { 'sec-purpose': 'prefetch' }],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['GET', { purpose: 'Prefetch' }],
    ['GET', { 'x-moz': 'prefetch' }],
  ])('%s with %o is one', (method, headers) => {
    expect(isAheadOfVisitor(method, header(headers))).toBe(true);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['GET', {}],
    ['GET', { 'user-agent': 'prefetch' }],
    ['GET', { 'sec-purpose': '' }],
  ])('%s with %o is none', (method, headers) => {
    expect(isAheadOfVisitor(method, header(headers))).toBe(false);
  });
});
