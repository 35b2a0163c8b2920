import { selectRoute } from '../../local/http-api/select-route';

const routes = [
  'GET /c/{campaign}',
  'GET /c/special',
  'ANY /c/{proxy+}',
  'ANY /postback',
  'POST /postback',
  '$default',
].map((routeKey) => {
  const [, method = 'ANY', path = '$default'] = /^([A-Z]+) (.*)$/.exec(routeKey) ?? [];
  return { routeKey, method, path };
});
const select = (method: string, path: string) => selectRoute(routes, method, path);

test.each([
  ['a literal segment before a variable', 'GET', '/c/special', 'GET /c/special'],
  ['a variable before a greedy one', 'GET', '/c/spring', 'GET /c/{campaign}'],
  ['a greedy variable over several segments', 'GET', '/c/spring/more', 'ANY /c/{proxy+}'],
  ['a greedy variable for another method', 'PUT', '/c/spring', 'ANY /c/{proxy+}'],
  ['the own method before ANY', 'POST', '/postback', 'POST /postback'],
  ['ANY for the rest of the methods', 'DELETE', '/postback', 'ANY /postback'],
  ['$default for what is left', 'GET', '/nowhere', '$default'],
  ['$default for an empty variable', 'GET', '/c/', '$default'],
  ['$default for a trailing slash', 'GET', '/postback/', '$default'],
])('chooses %s', (_what, method, path, expected) => {
  expect(select(method, path)?.route.routeKey).toBe(expected);
});

describe('the routes of the tracker', () => {
  const own = ['GET /c/{campaign}', 'ANY /c/{campaign+}', 'ANY /C/{campaign+}', 'GET /postback', '$default'].map(
    (routeKey) => {
      const [, method = 'ANY', path = '$default'] = /^([A-Z]+) (.*)$/.exec(routeKey) ?? [];
      return { routeKey, method, path };
    },
  );

  test.each([
    ['GET', '/c/demo', 'GET /c/{campaign}'],
    ['POST', '/c/demo', 'ANY /c/{campaign+}'],
    ['GET', '/c/demo/', 'ANY /c/{campaign+}'],
    ['GET', '/c//demo', 'ANY /c/{campaign+}'],
    ['GET', '/C/demo', 'ANY /C/{campaign+}'],
    ['GET', '//c/demo', '$default'],
    ['GET', '/postback/', '$default'],
    ['HEAD', '/postback', '$default'],
  ])('take %s %s by %s', (method, path, expected) => {
    expect(selectRoute(own, method, path)?.route.routeKey).toBe(expected);
  });
});

test('gives the path parameters of the route that it chose', () => {
  expect(select('GET', '/c/spring')?.pathParameters).toEqual({ campaign: 'spring' });
  expect(select('PUT', '/c/a/b')?.pathParameters).toEqual({ proxy: 'a/b' });
});

test('chooses nothing where no route fits', () => {
  expect(selectRoute(routes.slice(0, 1), 'POST', '/c/spring')).toBeUndefined();
});
