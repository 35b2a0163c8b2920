import { maximumParameters } from '../../lambdas/domain/text/postback-request';
import { loadFunctions, type Asked, type Functions } from './support/functions';
import { capturePrinted } from './support/printed';
import { startWire, type Wire } from './support/wire';

let wire: Wire;
let functions: Functions;
let printed: ReturnType<typeof capturePrinted>;
beforeAll(async () => {
  printed = capturePrinted();
  wire = await startWire();
  functions = loadFunctions();
  await functions.admin('PUT', '/integrations/acme', { name: 'Acme', preset: 'generic' });
});
afterAll(async () => {
  await wire.stop();
  printed.release();
});

const limit = 8000;
const filled = (unit: string): string => unit.repeat(Math.floor(limit / unit.length));
const json = (body: string): Asked => ({
  method: 'POST',
  path: '/postback',
  headers: { 'content-type': 'application/json' },
  body,
});

/** What somebody sends who wants us to fall over, or to think for long: nested, endless, half of something. */
const requests: Readonly<Record<string, Asked>> = {
  'a query within a query, thousands deep': { path: '/postback', query: filled('a=') },
  'the same, encoded': { path: '/postback', query: filled('a%3D') },
  'nothing but separators': { path: '/postback', query: filled('&') },
  'nothing but escapes': { path: '/postback', query: filled('%25') },
  'half an e-mail address over and over': { path: '/postback', query: `a=${filled('x_%2B')}` },
  'one endless name': { path: '/postback', query: filled('x') },
  'more parameters than are read': { path: '/postback', query: 'a=1&'.repeat(maximumParameters + 1) },
  'an integration that no table key could hold': { path: `/postback/${filled('x')}`, query: 'clickid=x' },
  'a path of escapes': { path: `/postback/${filled('%')}`, query: 'clickid=x' },
  'JSON within JSON, thousands deep': json(`${filled('{"a":')}1`),
  'the same, whole': json(`${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}`),
  'nothing but quotes': json(`{"a":"${filled('\\"')}"}`),
  'nothing but backslashes': json(`{"a":"${filled('\\\\')}"}`),
  'names that every object inherits': {
    path: '/postback',
    query: '__proto__=1&constructor=2&toString=3&clickid=x&status=constructor',
  },
  'bytes that are no text': { path: '/postback', query: 'clickid=%ff%fe%00&amount=%c0%80' },
};

test.each(Object.keys(requests))('%s: gets a rejection that says why, and a masked row in the log', async (name) => {
  const asked = requests[name];
  if (asked === undefined) throw new Error(name);
  wire.forget();
  const answer = await functions.postback(asked);
  const verdict = JSON.parse(answer.body) as { result: string; message: string };
  expect(verdict.result).toBe('rejected');
  expect(verdict.message).not.toBe('');
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  const written = wire.calls.filter(({ operation }) => operation === 'PutItem');
  expect(written.map(({ table }) => table)).toEqual(['PostbackLog']);
  // A row is worth a few write units at most, whatever came.
  expect(written[0]?.body.length).toBeLessThan(24_000);
});
