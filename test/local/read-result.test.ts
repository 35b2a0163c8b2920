import { readResult } from '../../local/http-api/read-result';

const read = (result: unknown) => {
  const { statusCode, headers, body } = readResult(JSON.stringify(result)) ?? {};
  return { statusCode, headers, body: body?.toString() };
};

test('takes status, headers and cookies of a full response', () => {
  const headers = { Location: 'https://shop.example', 'Content-Type': 'text/html', 'x-number': 1 };

  expect(read({ statusCode: 302, headers, cookies: ['a=1', 'b=2'] })).toEqual({
    statusCode: 302,
    headers: [
      ['location', 'https://shop.example'],
      ['content-type', 'text/html'],
      ['x-number', '1'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ],
    body: '',
  });
});

test('decodes a body in base64', () => {
  expect(read({ statusCode: 200, body: 'aGk=', isBase64Encoded: true }).body).toBe('hi');
});

test('calls a body without a type plain text', () => {
  expect(read({ statusCode: 200, body: 'hi' }).headers).toEqual([['content-type', 'text/plain; charset=utf-8']]);
});

test.each([[{ ok: true }], ['text'], [null], [[1, 2]]])(
  'answers 200 with JSON where the result %j has no status',
  (result) => {
    expect(read(result)).toEqual({
      statusCode: 200,
      headers: [['content-type', 'application/json']],
      body: JSON.stringify(result),
    });
  },
);

test.each([
  ['a status that is none', { statusCode: 'fine' }],
  ['a status out of range', { statusCode: 99 }],
  ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['headers that are no object', { statusCode: 200, headers: ['a'] }],
  ['a header that would break the response apart', { statusCode: 200, headers: { location: 'a\r\nset-cookie: b' } }],
])('finds %s malformed', (_what, result) => {
  expect(readResult(JSON.stringify(result))).toBeUndefined();
});

test('omits headers that only the server can set', () => {
  expect(
    read({ statusCode: 204, headers: { 'Content-Length': '5', Connection: 'close', 'content-type': 'a/b' } }).headers,
  ).toEqual([['content-type', 'a/b']]);
});
