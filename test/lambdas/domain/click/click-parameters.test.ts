import * as fc from 'fast-check';
import { readClickQuery, type ClickParameters } from '../../../../lambdas/domain/click/click-parameters';
import { purposeOf } from '../../../../lambdas/domain/click/prefetch';

const readClickParameters = (query: string): ClickParameters => readClickQuery(query).kept;
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

  test.each(['a&amp;sub1=b', 'a&%23038;sub1=b', 'a&#038;sub1=b', 'a&amp;amp;sub1=b', 'a&AMP;sub1=b'])(
    'are parted by entities, as a page of HTML wrote them: source=%s',
    (query) => {
      expect(readClickParameters(`source=${query}`)).toMatchObject({
        source: 'a',
        subs: { sub1: 'b' },
        parameters: {},
      });
    },
  );

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

  test('without a field of their own take 1 kB at most, in UTF-8; the rest is dropped and flagged', () => {
    const wide = readClickParameters(`a=${'ж'.repeat(256)}&b=${'ж'.repeat(254)}&c=1&d=12345`);
    expect([Object.keys(wide.parameters), wide.truncated]).toEqual([['a', 'b', 'c'], true]);
    expect(readClickParameters(`a=${'x'.repeat(510)}&b=${'x'.repeat(512)}`).truncated).toBe(false);
    expect(readClickParameters(`a=${'x'.repeat(511)}&b=${'x'.repeat(512)}`).parameters).toEqual({ a: 'x'.repeat(511) });
  });

  test('that are named have their own limit: what the ad platform appends takes nothing from them', () => {
    const crowded = readClickParameters(
      `${many(30)}&p=${'x'.repeat(512)}&q=${'x'.repeat(512)}&sub1=${'y'.repeat(512)}`,
    );
    expect([crowded.subs['sub1'], crowded.truncated]).toEqual(['y'.repeat(512), true]);
  });

  test('are passed on uncut, also where the row keeps less of them', () => {
    const { all } = readClickQuery(
      `?${many(40)}&GCLID=${'g'.repeat(600)}&gclid=second&huge=${'x'.repeat(2049)}&sub1=a`,
    );
    expect([all.get('p39'), all.get('gclid'), all.get('huge'), all.get('sub1')]).toEqual([
      '1',
      'g'.repeat(600),
      undefined,
      'a',
    ]);
  });

  test('whose macro the ad platform did not replace are flagged, and kept as they came', () => {
    const { external_id, ...rest } = { external_id: '{gclid}', source: '{{site_source_name}}', cost: '${cost}' };
    const query = new URLSearchParams({ external_id, ...rest, sub1: 'fine', utm: '%CAMPAIGN_NAME%' });
    expect(readClickParameters(query.toString())).toMatchObject({
      externalId: '{gclid}',
      parameters: { utm: '%CAMPAIGN_NAME%' },
      unreplaced: ['external_id', 'source', 'cost', 'utm'],
    });
    expect(readClickParameters('source=news&sub1=a')).not.toHaveProperty('unreplaced');
  });

  test('never throw, and never exceed their limits, whatever the visitor sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab=&?%+C2A4;__proto__😀sub1')) }), (raw) => {
        const { parameters, subs } = readClickParameters(`${raw}&x=${'😀'.repeat(300)}`);
        expect(Buffer.byteLength(Object.entries(parameters).flat().join(''))).toBeLessThanOrEqual(1024);
        for (const value of [...Object.entries(parameters), ...Object.entries(subs)].flat()) {
          expect(value.length).toBeLessThanOrEqual(512);
          expect(value.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe('what a click is asked for', () => {
  const header = (headers: Readonly<Record<string, string>>) => (name: string) => headers[name];

  test.each<[string, Readonly<Record<string, string>>]>([
    ['GET', { 'sec-purpose': 'prefetch' }],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['GET', { 'sec-purpose': 'prefetch;anonymous-client-ip', purpose: 'prefetch' }],
    ['GET', { 'sec-purpose': 'prerender' }],
  ])('%s with %o is a prefetch: the browser asks again', (method, headers) => {
    expect(purposeOf(method, header(headers))).toBe('prefetch');
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['HEAD', {}],
    ['HEAD', { 'sec-purpose': 'prefetch' }],
    ['GET', { purpose: 'Prefetch' }],
    ['GET', { 'x-moz': 'prefetch' }],
    ['GET', { 'x-purpose': 'preview' }],
    ['GET', { 'x-purpose': ': preview' }],
  ])('%s with %o is a preview: nobody asks again', (method, headers) => {
    expect(purposeOf(method, header(headers))).toBe('preview');
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['GET', {}],
    ['POST', {}],
    ['GET', { 'user-agent': 'prefetch' }],
    ['GET', { 'sec-purpose': '' }],
  ])('%s with %o is a visit', (method, headers) => {
    expect(purposeOf(method, header(headers))).toBe('visit');
  });
});
