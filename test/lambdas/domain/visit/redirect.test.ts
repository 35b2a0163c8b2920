import * as fc from 'fast-check';
import { isExpired } from '../../../../lambdas/domain/click/click';
import { chooseOffer } from '../../../../lambdas/domain/visit/offer-choice';
import { redirectTarget } from '../../../../lambdas/domain/visit/redirect';
import { readDocument } from '../../../../lambdas/domain/configuration/document';
import { campaign, clickId, now } from '../support/factories';
import { atLength } from '../../../support/at-length';

const id = clickId();

describe('the address that a visitor goes to', () => {
  test.each([
    ['https://shop.example/?c={clickid}', `https://shop.example/?c=${id}`],
    ['https://shop.example/?c={CLICKID}&c2={clickid}', `https://shop.example/?c=${id}&c2=${id}`],
    ['https://shop.example/{sub1}/?s={sub10}', 'https://shop.example/a%20b/?s='],
    ['https://shop.example/?s={source}', 'https://shop.example/?s=x%26y%3D%22%3C%3E%27%28%29%2A%21%23'],
    ['https://shop.example/?u={unknown}&v={}', 'https://shop.example/?u={unknown}&v={}'],
    ['https://shop.example/?u={constructor}&v={__proto__}', 'https://shop.example/?u={constructor}&v={__proto__}'],
    ['https://shop.example/ü?s=ß&c={clickid}', `https://shop.example/%C3%BC?s=%C3%9F&c=${id}`],
    ['https://shop.example/a%20b', 'https://shop.example/a%20b'],
  ])('from %s is %s', (offer, target) => {
    const values = { clickid: id, sub1: 'a b', sub10: undefined, source: `x&y="<>'()*!#` };
    expect(redirectTarget(offer, values)).toBe(target);
  });

  test.each([
    ['{param:gclid}', 'Cj0%20K%26'],
    ['{PARAM:GCLID}', 'Cj0%20K%26'],
    ['{param:fbclid}', ''],
    ['{param:utm-source}', 'x'],
    ['{param:größe}', '5'],
    ['{param:}', '{param:}'],
  ])('passes a parameter of the click on: %s is %j', (macro, value) => {
    const parameters = new Map([
      ['gclid', 'Cj0 K&'],
      ['utm-source', 'x'],
      ['größe', '5'],
    ]);
    expect(redirectTarget(`https://shop.example/?g=${macro}`, {}, parameters)).toBe(`https://shop.example/?g=${value}`);
  });

  test('a value that looks like a macro stays a value', () => {
    expect(redirectTarget('https://a.example/?x={sub1}&y={sub2}', { sub1: '{sub2}', sub2: 'b' })).toBe(
      'https://a.example/?x=%7Bsub2%7D&y=b',
    );
  });

  test("whatever the visitor sends, its origin is the offer's and no header is split", () => {
    const offers = fc.constantFrom(
      'https://shop.example/{sub1}',
      'https://shop.example?{sub1}={sub2}',
      'https://shop.example/#{sub1}',
      'https://shop.example:8443/a/{sub1}/../{sub2}?x={sub1}',
      'http://shop.example/{sub1}{sub2}',
      'https://shop.example/{param:a}/?x={param:a}',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from('/\\@:.?#&%\r\n\t {}sub1'), '\ud800', '\u2028') }),
      fc.constantFrom(
        '//evil.example',
        '\\\\evil.example',
        '@evil.example',
        '..',
        'javascript:alert(1)',
        '\r\nSet-Cookie: a=b',
      ),
    );
    fc.assert(
      fc.property(offers, value, value, (offer, sub1, sub2) => {
        const target = redirectTarget(offer, { sub1, sub2 }, new Map([['a', sub1]]));
        expect(new URL(target).origin).toBe(new URL(offer.replaceAll(/[{}]/g, '')).origin);
        expect(target).toMatch(/^[\u0021-\u007e]+$/);
      }),
      { numRuns: atLength(500, 100) },
    );
  });

  test.each([
    'ftp://shop.example/',
    'javascript:alert(1)',
    '//shop.example/',
    'https://{sub1}.example/',
    'https://shop.example{sub1}/',
    'https://shop.example\\{sub1}/',
    'https://user@shop.example/',
    'https:///shop.example',
    'https://shop.example/\r\nX: y',
    'https://shop.example/a b',
    'https://shop.example:99999/',
    `https://shop.example/${'x'.repeat(2048)}`,
  ])('an offer may not be %j', (url) => {
    const reading = readDocument('campaign', { ...campaign(), offers: [{ id: 'a', url, weight: 1 }] });
    expect(reading).toMatchObject({ ok: false, problems: [{ path: 'offers.0.url' }] });
  });
});

describe('the choice of an offer', () => {
  const offer = (name: string, weight: number, status?: string) => ({
    id: name,
    url: 'https://a.example/',
    weight,
    status,
  });
  const of = (...offers: readonly ReturnType<typeof offer>[]) => campaign({ offers });

  test('gives each its share by weight', () => {
    const three = of(offer('a', 1), offer('b', 3), offer('c', 0.5), offer('none', 0), offer('off', 9, 'paused'));
    const chosen = Array.from({ length: 900 }, (_, at) => chooseOffer(three, at / 900)?.id);
    const shareOf = (name: string): number => chosen.filter((one) => one === name).length;
    expect(['a', 'b', 'c', 'none', 'off'].map(shareOf)).toEqual([200, 600, 100, 0, 0]);
  });

  test('is never a paused one nor one that weighs nothing, whatever the weights and the chance', () => {
    const weights = fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, chance) => {
        const offers = given.map(([weight, paused], at) => offer(`o${at}`, weight, paused ? 'paused' : 'active'));
        const chosen = chooseOffer(of(...offers, offer('open', 1)), chance);
        expect(chosen?.status).not.toBe('paused');
        expect(chosen?.weight).toBeGreaterThan(0);
      }),
    );
  });

  test('is none where all are paused', () => {
    const document = of(offer('a', 1));
    expect(chooseOffer({ ...document, offers: [{ ...document.offers[0]!, status: 'paused' }] }, 0.5)).toBeUndefined();
  });
});

describe('a click row', () => {
  test('is gone from the second in which it expires, though the table still holds it', () => {
    expect(isExpired({ expiresAt: now / 1000 }, now - 1)).toBe(false);
    expect(isExpired({ expiresAt: now / 1000 }, now)).toBe(true);
  });
});
