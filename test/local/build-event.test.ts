import { buildEvent, type ReceivedRequest } from '../../local/http-api/build-event';
import type { FunctionModel, RouteModel } from '../../local/template/model';

const handledBy: FunctionModel = {
  logicalId: 'Web',
  label: 'Web',
  name: 'Web',
  arn: 'arn:web',
  assetDirectory: '/',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  timeoutSeconds: 3,
  memoryMegabytes: 128,
  environment: {},
  reservedConcurrency: undefined,
  roleName: 'role',
  statements: [],
};
const route: RouteModel = {
  logicalId: 'Route',
  routeKey: 'GET /c/{campaign}',
  method: 'GET',
  path: '/c/{campaign}',
  iamAuthorized: false,
  function: handledBy,
  timeoutMilliseconds: 30_000,
  permitted: true,
};

function eventOf(request: Partial<ReceivedRequest>, changed: Partial<RouteModel> = {}): Record<string, unknown> {
  return buildEvent(
    {
      method: 'GET',
      target: '/c/spring',
      rawHeaders: [],
      body: Buffer.alloc(0),
      httpVersion: '1.1',
      sourceIp: '127.0.0.1',
      ...request,
    },
    {
      route: { ...route, ...changed },
      pathParameters: { campaign: 'spring' },
      apiId: 'api',
      stageName: '$default',
      requestId: 'id',
      now: new Date('2026-11-03T04:05:06.789Z'),
    },
  );
}

test('keeps the query string as it came, and joins repeated names in the decoded map', () => {
  expect(eventOf({ target: '/c/spring?a=1&b=%2B+x&a=2&flag' })).toMatchObject({
    rawQueryString: 'a=1&b=%2B+x&a=2&flag',
    queryStringParameters: { a: '1,2', b: '+ x', flag: '' },
  });
});

test('has no query map, no body, no cookies where the request has none', () => {
  const event = eventOf({ target: '/c/spring?' });

  expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false });
  expect(Object.keys(event)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(queryStringParameters|body|cookies)$/)]),
  );
});

test('decodes the path once, and cuts it at a decoded question mark', () => {
  expect(eventOf({ target: '/c/a%20b%252F' })['rawPath']).toBe('/c/a b%2F');
  expect(eventOf({ target: '/c/a%3Fb?x=1' })).toMatchObject({ rawPath: '/c/a', rawQueryString: 'x=1' });
});

test.each(['/c/%', '/c/%zz', '/c/%ff', '/c/a?b=%e0%a4'])('takes the ill-formed target %s as it is', (target) => {
  expect(() => eventOf({ target })).not.toThrow();
});

test('writes header names in lower case, joins repeated ones, and lists cookies apart', () => {
  const rawHeaders = ['X-Tag', 'a', 'Cookie', 'one=1; two=2', 'x-tag', 'b', 'Host', 'here:3000'];

  expect(eventOf({ rawHeaders })).toMatchObject({
    headers: { 'x-tag': 'a,b', host: 'here:3000' },
    cookies: ['one=1', 'two=2'],
    requestContext: { domainName: 'here:3000' },
  });
});

test.each([
  ['application/json', 'text'],
  ['application/json; charset=utf-8', 'text'],
  ['text/csv', 'text'],
  ['application/x-www-form-urlencoded', 'base64'],
  ['application/x-ndjson', 'base64'],
  ['', 'base64'],
])('gives a body of type "%s" as %s', (type, form) => {
  const event = eventOf({ rawHeaders: type === '' ? [] : ['Content-Type', type], body: Buffer.from('a=ü') });

  expect(event['isBase64Encoded']).toBe(form === 'base64');
  expect(event['body']).toBe(form === 'base64' ? Buffer.from('a=ü').toString('base64') : 'a=ü');
});

test('puts the time and the route into the request context', () => {
  expect(eventOf({ rawHeaders: ['User-Agent', 'curl'] })['requestContext']).toMatchObject({
    http: { method: 'GET', path: '/c/spring', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'curl' },
    routeKey: 'GET /c/{campaign}',
    stage: '$default',
    time: '03/Nov/2026:04:05:06 +0000',
    timeEpoch: 1793678706789,
  });
});

test('names the local user on a route with IAM authorization, and nobody on any other', () => {
  const iam = { userArn: 'arn:aws:iam::000000000000:user/local', cognitoIdentity: null };

  expect(eventOf({}, { iamAuthorized: true })['requestContext']).toMatchObject({ authorizer: { iam } });
  expect(eventOf({})['requestContext']).not.toHaveProperty('authorizer');
});
