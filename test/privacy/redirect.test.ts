import * as fc from 'fast-check';
import { redirectTarget } from '../../lambdas/domain/visit/redirect';
import { readDocument } from '../../lambdas/domain/configuration/document';
import { loadFunctions, type Functions } from './support/functions';
import { capturePrinted } from './support/printed';
import { startWire, type Wire } from './support/wire';
import { atLength } from '../support/at-length';

const macros = ['{sub1}', '{sub2}', '{source}', '{external_id}', '{clickid}'];
/** Every place of a URL where a macro may stand. */
const offerUrl = `https://shop.example/in/{sub1}/x?a={sub2}&s={source}&sub={clickid}#{external_id}`;

let wire: Wire;
let functions: Functions;
let printed: ReturnType<typeof capturePrinted>;
beforeAll(async () => {
  printed = capturePrinted();
  wire = await startWire();
  functions = loadFunctions();
  await functions.admin('PUT', '/integrations/acme', { name: 'Acme', preset: 'generic' });
  const offers = [{ id: 'main', url: offerUrl, weight: 1 }];
  await functions.admin('PUT', '/campaigns/spring', { name: 'Spring', integration: 'acme', status: 'active', offers });
});
afterAll(async () => {
  await wire.stop();
  printed.release();
});

const hostile = [
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://evil.example',
  '@evil.example',
  ':443@evil.example/',
  '.evil.example',
  '../../..//evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '\r\nLocation: https://evil.example',
  '\r\n\r\n<script>alert(1)</script>',
  '\nSet-Cookie: a=b',
  '\u2028Location: https://evil.example',
  '嘊嘍Set-Cookie:a=b',
  '\u0000',
  '\ud800',
  '{clickid}',
  '{sub1}{sub2}',
  '$&$1$`',
  '%0d%0aLocation:%20https://evil.example',
  '%250d%250a',
  '?a=b#c',
  '"><img src=x>',
];

/** A name for every value that a macro takes, and names by which others let the visitor's link choose the way. */
const openDoors = [
  'url',
  'redirect',
  'redirect_url',
  'next',
  'return',
  'to',
  'u',
  'destination',
  'offer',
  'offer_url',
  'location',
  'host',
];

const isPlainAscii = /^[\u0021-\u007e]+$/;

/** As sent: raw where a raw byte may stand in a request line, and percent-encoded. */
function spellings(value: string): readonly string[] {
  const encoded = encodeURIComponent(value.toWellFormed());
  return [encoded, encodeURIComponent(encoded), value.replace(/[&#]/g, '')];
}

describe('a visitor is sent to the configured origin and no other', () => {
  test.each(hostile)('where parameters and headers are %j', async (value) => {
    for (const text of spellings(value)) {
      const named = ['sub1', 'sub2', 'source', 'external_id', 'cost', 'clickid', ...openDoors].map(
        (name) => `${name}=${text}`,
      );
      const headers = {
        'x-forwarded-host': 'evil.example',
        host: 'evil.example',
        referer: 'https://evil.example/',
        'user-agent': 'x',
      };
      const answer = await functions.click({ path: '/c/spring', query: named.join('&'), headers });
      expect(answer.status).toBe(302);
      const location = answer.headers['location'] ?? '';
      expect(location).toMatch(isPlainAscii);
      expect(location.startsWith('https://shop.example/in/')).toBe(true);
      expect(new URL(location).origin).toBe('https://shop.example');
      // Every mark that could end a part of the URL came encoded: the parameters are those of the configuration.
      expect([...new URL(location).searchParams.keys()]).toEqual(['a', 's', 'sub']);
      expect(Object.values(answer.headers).join('')).not.toMatch(/[\r\n\0]/);
      expect(Object.keys(answer.headers).toSorted()).toEqual(['cache-control', 'location', 'referrer-policy']);
      expect(answer.body).toBe('');
    }
  });

  test.each(hostile)('and a campaign called %j goes nowhere and is not repeated', async (value) => {
    const answer = await functions.click({ path: `/c/${value.replaceAll('/', '')}`, query: '' });
    expect(answer.status).toBe(404);
    expect(answer.headers['location']).toBeUndefined();
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toBe('There is no such campaign.');
  });

  test('whatever stands in any macro, wherever the macro stands', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...hostile, ...macros));
    const place = fc.constantFrom(
      'https://shop.example/{sub1}',
      'https://shop.example/?{sub1}',
      'https://shop.example/a/{sub1}/{sub2}?x={sub1}&y={source}#{external_id}',
      'https://shop.example:8443/{sub1}{sub2}',
      'https://shop.example/%7Bsub1%7D?ü={sub2}',
    );
    fc.assert(
      fc.property(place, fc.record({ sub1: text, sub2: text, source: text, external_id: text }), (url, values) => {
        const target = redirectTarget(url, values);
        expect(target).toMatch(isPlainAscii);
        expect(new URL(target).origin).toBe(new URL(url).origin);
      }),
      { numRuns: atLength(500, 100) },
    );
  });
});

describe('an offer is rejected where a visitor could choose its host or split its header', () => {
  test.each([
    'https://{sub1}.shop.example/',
    'https://{sub1}/',
    'https://shop.example{sub1}/',
    'https://shop.example:{sub1}/',
    'https://{sub1}@shop.example/',
    'https://shop.example\\{sub1}',
    '{sub1}',
    '//shop.example/',
    'javascript:{sub1}',
    'https://shop.example/\r\nSet-Cookie: a=b',
    'https://shop.example/ {sub1}',
  ])('%s', (url) => {
    const campaign = {
      name: 'Spring',
      integration: 'acme',
      status: 'active',
      offers: [{ id: 'main', url, weight: 1 }],
    };
    const reading = readDocument('campaign', campaign);
    const wrong = reading.ok ? [] : reading.problems.map(({ path }) => path);
    expect(new Set(wrong)).toEqual(new Set(['offers.0.url']));
  });
});

describe('a postback cannot write into the head of its answer', () => {
  test.each(hostile)('%j', async (value) => {
    const text = encodeURIComponent(value.toWellFormed());
    const query = ['clickid', 'event', 'txid', 'status', text].map((name) => `${name}=${text}`).join('&');
    const { headers } = await functions.postback({ path: '/postback', query, headers: { 'x-request-id': value } });
    const known = ['cache-control', 'content-type', 'x-request-id'];
    expect(Object.keys(headers).toSorted()).toEqual(known);
    expect(headers['x-request-id']).toMatch(/^[\w-]+$/);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });
});
