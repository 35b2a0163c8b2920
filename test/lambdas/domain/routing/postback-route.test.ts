import * as fc from 'fast-check';
import { presets } from '../../../../lambdas/domain/presets';
import { routePostback } from '../../../../lambdas/domain/routing/postback-route';
import { readTarget } from '../../../../lambdas/domain/routing/target';
import { atLength } from '../../../support/at-length';

const route = (method: string, path: string, query = 'clickid=x') =>
  routePostback(method, readTarget(path, query), query === '');

describe('a postback reaches the judge', () => {
  test.each([
    ['our own path', '/postback'],
    ['a trailing slash, as WordPress writes URLs', '/postback/'],
    ['a doubled slash, as base URLs that end in one make', '//postback'],
    ['capitals', '/PostBack'],
    ["Keitaro's key in the path", '/0a52ed5/postback'],
    ['a goal of TUNE', '/aff_goal'],
    ['a conversion of TUNE', '/aff_lsr/'],
    ['the pixel of TUNE', '/aff_l'],
    ["Post Affiliate Pro's tracking script", '/scripts/track.php'],
    ["Post Affiliate Pro's tracking script in a folder", '/affiliate/scripts/track.php'],
    ["CAKE's page in capitals", '/P.ashx'],
    ["Binom's script in a folder", '/binom/click.php'],
    ['an "&" in the place of the "?"', '/postback&clickid=x'],
    ['the root, with a query', '/'],
  ])('by %s', (_what, path) => {
    expect(route('GET', path)).toEqual({ kind: 'postback' });
    expect(route('POST', path)).toEqual({ kind: 'postback' });
  });

  test.each(presets.flatMap(({ id, dropInPaths }) => dropInPaths.map((path) => [id, path])))(
    'by the drop-in path of %s, %s',
    (_id, path) => {
      const sent = path.replace('{key}', '0a52ed5');
      expect(route('GET', sent)).toEqual({ kind: 'postback' });
      expect(route('POST', `/${sent.toUpperCase()}/`)).toEqual({ kind: 'postback' });
    },
  );

  test.each(['/postback/acme', '/postback/acme/', '//postback/acme', '/Postback/acme', '/postback/acme&clickid=x'])(
    'of the integration that %s names',
    (path) => {
      expect(route('GET', path)).toEqual({ kind: 'postback', integration: 'acme' });
    },
  );
});

test('a batch goes its own way, by POST alone', () => {
  expect(route('POST', '/Postbacks/acme/', '')).toEqual({ kind: 'batch', integration: 'acme' });
  expect(route('GET', '/postbacks/acme', '')).toEqual({ kind: 'method not allowed', allow: 'POST, OPTIONS' });
});

test('a ping is one however it is spelt', () => {
  expect(route('GET', '/Ping/', '')).toEqual({ kind: 'ping' });
});

describe('a path of visitors that only the default route takes', () => {
  test.each([
    ['/r/shop/', 'to=thanks', '/r/shop?to=thanks'],
    ['/R/shop', 'to=thanks', '/r/shop?to=thanks'],
    ['//r/Shop', '', '/r/Shop'],
    ['/p/shop.gif/', 'event=sale', '/p/shop.gif?event=sale'],
    ['/P/shop.GIF', '', '/p/shop.gif'],
    ['/p//shop.gif', '', '/p/shop.gif'],
    ['/T/spring/', '', '/t/spring'],
    ['/S/1/T.js', '', '/s/1/t.js'],
  ])('%s goes on to where the API knows it', (path, query, location) => {
    expect(route('GET', path, query)).toEqual({ kind: 'visitor', location });
    expect(route('HEAD', path, query)).toEqual({ kind: 'visitor', location });
    expect(route('POST', path, query)).toEqual({ kind: 'visitor', location });
  });

  test.each(['/r/shop', '/p/shop.gif', '/t/spring', '/s/1/t.js', '/r/a%20b', '/r', '/r/a/b', '/s/2/t.js'])(
    '%s is not sent round in a circle',
    (path) => {
      expect(route('GET', path)).toEqual({ kind: 'unknown path' });
    },
  );

  test("another tracker's path comes first", () => {
    expect(route('GET', '/r/postback')).toEqual({ kind: 'postback' });
  });
});

describe('a click that only the default route takes', () => {
  test.each([
    ['//c/demo', 'sub1=a', '/c/demo?sub1=a'],
    ['//C/demo/', '', '/c/demo'],
    ['//c/demo&fbclid=1', 'sub1=a', '/c/demo?fbclid=1&sub1=a'],
  ])('%s goes on to where clicks are recorded', (path, query, location) => {
    expect(route('GET', path, query)).toEqual({ kind: 'click', location });
    expect(route('HEAD', path, query)).toEqual({ kind: 'click', location });
  });

  test('never leaves this host and never splits a header, whatever stands in its path', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('//evil.example', '\\evil.example', '..', '%2F', 'a&b=\r\nX: y', 'a#b'),
    );
    fc.assert(
      fc.property(part, part, (campaign, query) => {
        const going = route('GET', `//c/${campaign}`, query);
        if (going.kind !== 'click') return;
        const url = new URL(going.location, 'https://go.example');
        expect(going.location).toMatch(/^\/c\/[\u0021-\u002e\u0030-\u007e][\u0021-\u007e]*$/);
        expect(url.hash).toBe('');
        expect(url.origin).toBe('https://go.example');
      }),
      { seed: 13, numRuns: atLength(500, 150) },
    );
  });
});

describe('who only asks', () => {
  test.each(['/postback', '/postback/acme/', '/aff_lsr', '/0a52ed5/postback'])('is told the methods of %s', (path) => {
    const allow = 'GET, POST, HEAD, OPTIONS';
    expect(route('HEAD', path)).toEqual({ kind: 'courtesy', status: 200, allow });
    expect(route('OPTIONS', path, '')).toEqual({ kind: 'courtesy', status: 204, allow });
    expect(route('DELETE', path)).toEqual({ kind: 'method not allowed', allow });
  });
});

describe('no postback', () => {
  test.each([
    ['a path that no rule knows', '/nowhere'],
    ['three segments behind /postback', '/postback/a/b'],
    ["TUNE's path of clicks", '/aff_c'],
    ["TUNE's path of impressions", '/aff_i'],
    ['the admin API in capitals', '/Admin/v1/campaigns'],
    ['a click path without a campaign', '/c/'],
    ["a folder before another tracker's path that is no script", '/x/track/sale'],
  ])('is %s', (_what, path) => {
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT']) {
      expect(route(method, path)).toEqual({ kind: 'unknown path' });
    }
  });

  test('is the root without a query or a body: everybody looks there first', () => {
    expect(route('GET', '/', '')).toEqual({ kind: 'unknown path' });
  });
});
