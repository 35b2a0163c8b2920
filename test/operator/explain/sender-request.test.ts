import * as fc from 'fast-check';
import type { LogRow } from '../../../operator/answers';
import { requestOfRow, requestOfUrl } from '../../../operator/explain/sender-request';

const row = (fields: Partial<LogRow>): LogRow => ({
  requestId: 'r1',
  receivedAt: '2026-11-23T10:00:00.000Z',
  method: 'GET',
  path: '/postback/acme',
  raw: '',
  result: 'rejected',
  reason: 'AMOUNT_INVALID',
  httpStatus: 400,
  message: '',
  warnings: [],
  attempts: 1,
  ...fields,
});

const tracker = 'https://go.example.com';

test('a logged request is sent again without what the log masked, and never to be kept', () => {
  const request = requestOfRow(row({ raw: 'clickid=c1&amount=1%2C5&token=***&name=***&ts=1&kid=k1&sig=***' }));

  expect(request).toEqual({
    outgoing: { path: '/postback/acme', query: 'clickid=c1&amount=1%2C5&dry_run=1' },
    integration: 'acme',
    token: 'masked',
    signed: true,
    leftOut: ['name'],
  });
});

test.each([
  ['clickid=c1&token=***&mail=a***@***', 'clickid=c1', ['mail']],
  ['{"clickid":"c1","token":"***","who":{"mail":"***@***","n":1.50}}', '{"clickid":"c1","who":{"n":"1.50"}}', ['mail']],
  ['{"clickid":', '{"clickid":', []],
])('so is one with the body %s', (body, sent, leftOut) => {
  expect(requestOfRow(row({ method: 'POST', path: '/postback', raw: `\n${body}` }))).toMatchObject({
    outgoing: { query: 'dry_run=1', body: sent },
    leftOut,
  });
});

test.each([
  ['is longer than what the log keeps', { raw: 'clickid=c1…' }],
  ['Its click was erased', { erased: true }],
  ['It is a batch', { rows: 3, path: '/postbacks/acme' }],
])('what cannot be sent again says why: %s', (sentence, fields) => {
  expect(() => requestOfRow(row(fields))).toThrow(sentence);
});

test('a URL that somebody has at hand goes to this tracker, whatever host it names', () => {
  expect(requestOfUrl('https://elsewhere.example/postback/acme?cid=c1&token=t&dry_run=0', tracker)).toEqual({
    outgoing: { path: '/postback/acme', query: 'cid=c1&token=t&dry_run=1' },
    integration: 'acme',
    token: 'shown',
    signed: false,
    leftOut: [],
  });
  expect(requestOfUrl('/click.php?cnv_id=c1', tracker)).toMatchObject({
    outgoing: { path: '/click.php' },
    token: 'none',
  });
});

test.each(['/c/spring?test=1', '/ping', '/postbacks/acme', '/admin/v1/campaigns', '/postback/a/b'])(
  'what is no postback, as %s, is not sent at all',
  (url) => {
    expect(() => requestOfUrl(url, tracker)).toThrow('is no path of postbacks');
    expect(() => requestOfUrl('https://', tracker)).toThrow('is no URL');
  },
);

test('no query that anybody writes keeps a dry run from being one', () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), (query) => {
      const { outgoing } = requestOfUrl(`/postback/acme?${query}`, tracker);

      expect(new URLSearchParams(outgoing.query).getAll('dry_run').at(-1)).toBe('1');
    }),
  );
});
