import * as fc from 'fast-check';
import { campaignIn, integrationIn, readTarget } from '../../../../lambdas/domain/routing/target';

describe('where a request goes', () => {
  test.each([
    ['/c/demo/', '', ['c', 'demo'], ''],
    ['//c//demo', 'a=1', ['c', 'demo'], 'a=1'],
    ['/c/demo&fbclid=1', '', ['c', 'demo'], 'fbclid=1'],
    ['/c/demo/&fbclid=1&b=2', 'sub1=x', ['c', 'demo'], 'fbclid=1&b=2&sub1=x'],
    ['/c/demo&amp;fbclid=1', '', ['c', 'demo'], 'fbclid=1'],
    ['/c/demo&?fbclid=1', '', ['c', 'demo'], 'fbclid=1'],
    ['/c/demo ', '', ['c', 'demo'], ''],
    ['/%63/de%6Do', '', ['c', 'demo'], ''],
    ['/', '', [], ''],
    ['', '', [], ''],
  ])('is read from %j and %j', (path, rawQuery, segments, query) => {
    expect(readTarget(path, rawQuery)).toMatchObject({ segments, query });
  });

  test('keeps the path as it was sent, for the signature that covers it', () => {
    expect(readTarget('//Postback/acme/', 'sig=1').path).toBe('//Postback/acme/');
    expect(readTarget('/postback&token=secret', '').path).toBe('/postback');
  });

  test('is decoded once and no further', () => {
    expect(readTarget('/c/a%252Fb', '').segments).toEqual(['c', 'a%2Fb']);
  });

  test('is the same however often its slashes are doubled', () => {
    const slashes = fc.nat({ max: 3 }).map((more) => '/'.repeat(more + 1));
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}$/);
    fc.assert(
      fc.property(slashes, slashes, fc.nat({ max: 3 }), name, (first, second, last, campaign) => {
        const target = readTarget(`${first}c${second}${campaign}${'/'.repeat(last)}`, '');
        expect(campaignIn(target)).toBe(campaign);
      }),
      { seed: 13 },
    );
  });
});

test.each([
  ['/c/demo', 'demo'],
  ['/C/Demo/', 'Demo'],
  ['/c', undefined],
  ['/c/demo/more', undefined],
  ['/d/demo', undefined],
])('the campaign of %s is %s', (path, campaign) => {
  expect(campaignIn(readTarget(path, ''))).toBe(campaign);
});

test.each([
  ['/postback/acme', 'acme'],
  ['/Postback//Acme/', 'Acme'],
  ['/postbacks/acme', 'acme'],
  ['/postback', undefined],
  ['/acme/postback', undefined],
  ['/postback/a/b', undefined],
])('the integration of %s is %s', (path, integration) => {
  expect(integrationIn(readTarget(path, ''))).toBe(integration);
});
