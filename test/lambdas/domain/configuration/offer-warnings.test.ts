import * as fc from 'fast-check';
import { offerMacros } from '../../../../lambdas/domain/configuration/offer-macros';
import { documentWarnings } from '../../../../lambdas/domain/outbound/document-warnings';
import { redirectTarget } from '../../../../lambdas/domain/visit/redirect';
import { campaign, integration } from '../support/factories';

const offersOf = (...urls: readonly string[]) =>
  campaign({ offers: urls.map((url, index) => ({ id: `o${index}`, url, weight: 1 })) });
const messagesOf = (url: string) => documentWarnings(offersOf(url)).map(({ message }) => message);

describe('an offer URL is odd', () => {
  test.each([
    ['with a macro that a form encoded', 'https://a.example/?s=%7Bclickid%7D', '%7Bclickid%7D', '{clickid}'],
    ['with a macro that was encoded twice', 'https://a.example/?s=%257bclickid%257d', '%257bclickid%257d', '{clickid}'],
    ['with doubled braces', 'https://a.example/?s={{clickid}}', '{{clickid}}', '{clickid}'],
    ['with the form of a shell', 'https://a.example/?s=${clickid}', '${clickid}', '{clickid}'],
    ['with Voluum’s name', 'https://a.example/?s={click_id}', '{click_id}', '{clickid}'],
    ['with the name of a network', 'https://a.example/?s={aff_sub}', '{aff_sub}', '{clickid}'],
    ['with brackets', 'https://a.example/?s=[clickid]', '[clickid]', '{clickid}'],
    ['with per cent signs', 'https://a.example/?s=%CLICK_ID%', '%CLICK_ID%', '{clickid}'],
    ['with underscores', 'https://a.example/?s=__CLICKID__', '__CLICKID__', '{clickid}'],
    ['with an ad platform’s macro', 'https://a.example/?s={clickid}&g={gclid}', '{gclid}', '{param:gclid}'],
    ['with a sub that there is not', 'https://a.example/?s={clickid}&x={sub11}', '{sub11}', '{param:sub11}'],
    ['with a dash too many', 'https://a.example/?s={clickid}&x={sub_1}', '{sub_1}', '{sub1}'],
    ['with the ID of a thing we name', 'https://a.example/?s={clickid}&x={offer_id}', '{offer_id}', '{offer}'],
    [
      'with an encoded parameter',
      'https://a.example/?s={clickid}&g=%7Bparam%3Agclid%7D',
      '%7Bparam%3Agclid%7D',
      '{param:gclid}',
    ],
  ])('%s', (_what, url, written, meant) => {
    const [message = '', ...more] = messagesOf(url);
    expect(message.startsWith(`${written} `)).toBe(true);
    expect(message).toContain(`Write ${meant} instead.`);
    expect(more).toEqual([]);
  });

  test('in a fallback URL: no click is recorded there, and other macros are those of an offer', () => {
    const warned = (fallback: string) =>
      documentWarnings({ ...offersOf('https://a.example/?s={clickid}'), fallback }).map(({ path, message }) => [
        path,
        message,
      ]);
    expect(warned('https://b.example/?s={source}&c={campaign}')).toEqual([]);
    expect(warned('https://b.example/?s={clickid}')).toEqual([
      ['fallback', '{clickid} is empty in a fallback URL. No click is recorded there.'],
    ]);
    expect(warned('https://b.example/?s={sub_1}')).toEqual([['fallback', expect.stringContaining('{sub1}')]]);
  });

  test('that asks for no click ID', () => {
    expect(messagesOf('https://a.example/?s={sub1}')).toEqual([expect.stringContaining('Add {clickid} to the URL.')]);
  });

  test('and each offer is named by its path', () => {
    const warnings = documentWarnings(offersOf('https://a.example/?s={clickid}', 'https://b.example/'));
    expect(warnings).toEqual([{ path: 'offers.1.url', message: expect.stringContaining('{clickid}') }]);
  });

  test('is told in at most two sentences of at most 20 words', () => {
    for (const url of ['https://a.example/', 'https://a.example/?s={{clickid}}', 'https://a.example/?s={x}']) {
      for (const message of messagesOf(url)) {
        const sentences = message.split(/(?<=\.)\s/);
        expect(sentences.length).toBeLessThanOrEqual(2);
        for (const sentence of sentences) expect(sentence.split(' ').length).toBeLessThanOrEqual(20);
      }
    }
  });
});

describe('nothing is odd', () => {
  test.each([
    `https://a.example/{clickid}/?${offerMacros.map((macro) => `${macro}={${macro}}`).join('&')}`,
    'https://a.example/?S={CLICKID}&g={param:gclid}&u={PARAM:utm-source}',
    'https://a.example/?s={clickid}&q=50%25&filter[source]=x&a[]=1',
    'https://a.example/?s={clickid}&json=%7B%22a%22%3A1%7D&x={}',
  ])('about %s', (url) => {
    expect(messagesOf(url)).toEqual([]);
  });

  test('about a document without offers', () => {
    expect(documentWarnings(integration())).toEqual([]);
  });
});

test('what is said to be replaced is replaced: a URL without warnings keeps no brace', () => {
  const name = fc.constantFrom<string>(...offerMacros, 'param:gclid', 'gclid', 'click_id', 'sub11');
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), (names) => {
      const url = `https://a.example/?s={clickid}${names.map((one, at) => `&p${at}={${one}}`).join('')}`;
      const values = Object.fromEntries(offerMacros.map((macro) => [macro, 'v']));
      expect(messagesOf(url).length === 0).toBe(!redirectTarget(url, values).includes('{'));
    }),
    { seed: 13 },
  );
});

test('a destination of an integration replaces no macro, and a warning says so', () => {
  const destinations = { thanks: 'https://shop.example/ok?c={clickid}&o={offer}', home: 'https://shop.example/' };
  expect(documentWarnings(integration({ destinations }))).toEqual([
    expect.objectContaining({
      path: 'destinations.thanks',
      message: expect.stringMatching(/^\{clickid\} is not replaced/),
    }),
    expect.objectContaining({
      path: 'destinations.thanks',
      message: expect.stringMatching(/^\{offer\} is not replaced/),
    }),
  ]);
  expect(documentWarnings(integration())).toEqual([]);
});
