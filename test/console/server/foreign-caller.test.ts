import { array, assert, constantFrom, domain, integer, option, property, record, string } from 'fast-check';
import { foreignCaller, type DistinctHeaders } from '../../../console/server/foreign-caller';

const port = 3000;
const callerWith = (headers: DistinctHeaders): string | undefined => foreignCaller(headers, port)?.message;

test.each<[string, DistinctHeaders]>([
  ['curl by address', { host: ['127.0.0.1:3000'] }],
  ['curl by name, in capitals', { host: ['LocalHost:3000'] }],
  ['curl over IPv6', { host: ['[::1]:3000'] }],
  ['an address typed into a browser', { host: ['127.0.0.1:3000'], 'sec-fetch-site': ['none'] }],
  [
    "this server's own page",
    { host: ['localhost:3000'], origin: ['http://localhost:3000'], 'sec-fetch-site': ['same-origin'] },
  ],
])('%s is served', (_who, headers) => {
  expect(callerWith(headers)).toBeUndefined();
});

const named = /under the names of this machine\. Call http:\/\/127\.0\.0\.1:3000 instead/;
const proxied = /through a proxy or a tunnel\. Call http:\/\/127\.0\.0\.1:3000 on the machine itself/;
const paged = /A web page of another origin .* Open http:\/\/127\.0\.0\.1:3000 directly/;
const host = ['localhost:3000'];

test.each<[string, DistinctHeaders, RegExp]>([
  ['a page that rebound its own name to loopback', { host: ['evil.example:3000'] }, named],
  ['a name that begins like ours', { host: ['localhost.evil.example:3000'] }, named],
  ['a name that hides ours before an @', { host: ['localhost:3000@evil.example'] }, named],
  ['another loopback address', { host: ['127.0.0.2:3000'] }, named],
  ['the port of another server', { host: ['localhost:3001'] }, named],
  ['no port where ours is not 80', { host: ['localhost'] }, named],
  ['no host', {}, named],
  ['two hosts, the first of them ours', { host: ['localhost:3000', 'evil.example'] }, named],
  ['a tunnel that replaced the host name', { host, 'x-forwarded-host': ['me.tunnel.example'] }, proxied],
  ['a tunnel that tells the address', { host, 'x-forwarded-for': ['203.0.113.9'] }, proxied],
  ['a proxy of the standard', { host, forwarded: ['for=203.0.113.9'] }, proxied],
  ['a page of another site', { host, origin: ['https://evil.example'] }, paged],
  ['a page without an origin: a file, a sandbox', { host, origin: ['null'] }, paged],
  ['a page of another port of this machine', { host, origin: ['http://localhost:8080'] }, paged],
  ['a page under another name of this machine', { host, origin: ['http://127.0.0.1:3000'] }, paged],
  ['an image on another site', { host, 'sec-fetch-site': ['cross-site'] }, paged],
  ['a script of another port', { host, 'sec-fetch-site': ['same-site'] }, paged],
  ['two sites at once', { host, 'sec-fetch-site': ['same-origin', 'cross-site'] }, paged],
])('%s is rejected, and told what to do', (_who, headers, told) => {
  expect(callerWith(headers)).toMatch(told);
});

test('port 80 goes without saying, and no other port does', () => {
  expect(foreignCaller({ host: ['localhost'] }, 80)).toBeUndefined();
  expect(foreignCaller({ host: ['localhost:80'] }, 80)).toBeUndefined();
});

test('whatever the other headers are, a host name of the web is rejected', () => {
  const others = record(
    { origin: array(string()), 'sec-fetch-site': array(constantFrom('none', 'same-origin')) },
    { requiredKeys: [] },
  );
  assert(
    property(domain(), option(integer({ min: 1, max: 65_535 })), others, (name, at, headers) => {
      expect(callerWith({ ...headers, host: [at === null ? name : `${name}:${at}`] })).toMatch(named);
    }),
    { seed: 12, numRuns: 300 },
  );
});
