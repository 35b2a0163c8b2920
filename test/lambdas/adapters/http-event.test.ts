import { bodyOf, postbackRequestOf } from '../../../lambdas/adapters/http-event';
import { eventOf } from './support/http-events';

test('a body is decoded where the flag says so, whatever its content type', () => {
  const headers = { 'content-type': 'application/octet-stream' };

  expect(bodyOf(eventOf('/postback', { body: 'YWJj', headers }))).toEqual(Buffer.from('YWJj'));
  expect(bodyOf(eventOf('/postback', { body: Buffer.from('abc'), headers }))).toEqual(Buffer.from('abc'));
  expect(bodyOf(eventOf('/postback'))).toHaveLength(0);
});

test('the query stays exactly as it was sent', () => {
  expect(postbackRequestOf(eventOf('/postback?a=%2B+b&a=2&&c')).rawQuery).toBe('a=%2B+b&a=2&&c');
});

test('the address is the one that the platform saw, and only headers that a verdict needs come along', () => {
  const headers = { 'x-forwarded-for': '192.0.2.1', cookie: 'session=1', authorization: 'Bearer t' };
  const request = postbackRequestOf(eventOf('/postback/acme', { headers }));

  expect(request).toMatchObject({ sourceIp: '203.0.113.7', integration: 'acme' });
  expect(Object.keys(request.headers).sort()).toEqual(['authorization', 'user-agent']);
});

test('the path stays as it was signed, and an integration is found in it however it is spelt', () => {
  expect(postbackRequestOf(eventOf('//Postback/acme/?a=1'))).toMatchObject({
    path: '//Postback/acme/',
    rawQuery: 'a=1',
    integration: 'acme',
  });
});

test('text after an "&" in the path is query: a token there is masked as one', () => {
  expect(postbackRequestOf(eventOf('/postback&clickid=x&token=t'))).toMatchObject({
    path: '/postback',
    rawQuery: 'clickid=x&token=t',
  });
});
