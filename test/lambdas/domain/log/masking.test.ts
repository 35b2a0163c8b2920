import * as fc from 'fast-check';
import { loggedParameters } from '../../../../lambdas/domain/log/logged-parameters';
import { maskedRaw, maskText } from '../../../../lambdas/domain/log/masking';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import { request } from '../support/factories';
import { atLength } from '../../../support/at-length';

const isLogged = loggedParameters();
const hexOf = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase();

const secretNames = [
  ...'token TOKEN sig signature secret api_key apikey access_key auth password passwd pwd secure hash'.split(' '),
  ...'security_token verification_token authorization access_token x-api-key my.secret user[token]'.split(' '),
  ...'accessToken clientSecret ip user_ip client-ip ip_address remote_addr ipv6'.split(' '),
];

describe('what the log keeps', () => {
  test.each<[string, string]>([
    ['clickid=a&token=k1tabc&amount=5', 'clickid=a&token=***&amount=5'],
    ['clickid=a&ts=1&kid=k1&sig=0af3', 'clickid=a&ts=1&kid=k1&sig=***'],
    ['?token=a', '?token=***'],
    ['ref=https://x.example/?token=a%22%3Ak%26b&c=1', 'ref=https://x.example/?token=***&c=1'],
    ['a=1?token=b', 'a=1?token=***'],
    ['a=1&amp;token=b&c=2', 'a=1&amp;token=***&c=2'],
    ['%74oken=b&+token=c', '%74oken=***&+token=***'],
    ['token%3Db%26clickid%3Da', 'token%3D***%26clickid%3Da'],
    ['clickid%3Da%26token%3Db%26c%3Dd', 'clickid%3Da%26token%3D***%26c%3Dd'],
    ['url=https://x.example/?token=b&c=1', 'url=https://x.example/?token=***&c=1'],
    ['url=https%3A%2F%2Fx.example%2F%3Ftoken%3Db%26c%3D1', 'url=https%3A%2F%2Fx.example%2F%3Ftoken%3D***%26c%3D1'],
    ['{"clickid":"a","token":"b\\"c","amount":5}', '{"clickid":"a","token":"***","amount":5}'],
    ['{"auth" : 12345, "a":1}', '{"auth" : "***", "a":1}'],
    ['{"secret":["a","b"],"a":1}', '{"secret":"***","a":1}'],
    ['{"v":"{\\"token\\":\\"b\\",\\"a\\":1}"}', '{"v":"{\\"token\\":\\"***\\",\\"a\\":1}"}'],
    ['next=clickid%3Da%26token%3Db%22%3Ak%26c', 'next=clickid%3Da%26token%3D***%26c'],
    ['sub1%3Dtoken%253Db%2526c%253D1%26a%3D1', 'sub1%3Dtoken%253D***%2526c%253D1%26a%3D1'],
    ['%7B%22token%22%3A%22b%22%2C%22amount%22%3A5%7D', '%7B%22token%22%3A%22***%22%2C%22amount%22%3A5%7D'],
    ['{"sub1":"https://x.example/?token=b&sub2=1"}', '{"sub1":"https://x.example/?token=***&sub2=1"}'],
    ['{"token":"cut of', '{"token":"***"'],
    ['email=ada@example.com', 'email=***@***'],
    ['email=ada%40example.com&a=1', 'email=***@***&a=1'],
    ['email=ada+x+y@example.com', 'email=***@***'],
    ['email=ada%2Bx%40mail.example.com', 'email=***@***'],
    ['{"email":"ada@example.com"}', '{"email":"***@***"}'],
    ['by ada@exam', 'by ***@***'],
    ['{"note":"jane\\u0040example.com"}', '{"note":"***@***"}'],
    ['{"note":"\\u006aane\\u0040example\\u002ecom"}', '{"note":"***@***"}'],
    ['{"v":"{\\"note\\":\\"jane\\\\u0040example.com\\"}"}', '{"v":"{\\"note\\":\\"***@***\\"}"}'],
    ['sub1=%6A%61%6E%65%40%65%78%61%6D%70%6C%65%2E%63%6F%6D&a=1', 'sub1=***@***&a=1'],
    ['sub1=%256A%2561%256E%2565%2540%2565%2578%252Ecom&a=1', 'sub1=***@***&a=1'],
    ['sub1=jane%25252540example.com', 'sub1=***@***'],
    ['sub1=jane%%34%30example.com', 'sub1=***@***'],
    ['sub1=jane&#64;example.com&b=2', 'sub1=***@***&b=2'],
    ['sub1=jane%26%23x40%3Bexample.com&b=2', 'sub1=***@***&b=2'],
    ['sub1=jan%C3%A9@ex%C3%A4mple.com&b=2', 'sub1=***@***&b=2'],
    ['sub1=jané@exämple.com&b=2', 'sub1=***@***&b=2'],
    ['sub1=%6b1t' + '0'.repeat(40) + '&a=1', 'sub1=***&a=1'],
    ['sub1=203%2e0.113%2E77&a=1', 'sub1=203.0.113.0&a=1'],
    ['a=203.0.113.77', 'a=203.0.113.0'],
    ['{"ip":"2001:db8::1"}', '{"ip":"***"}'],
    ['user_ip=2001:db8::1&a=1', 'user_ip=***&a=1'],
  ])('of %s is %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test.each([
    'clickid=abc&amount=12.50&txid=T-1&event=sale',
    'tokens=3&signal=x&author=me&tip=5&shipping=2&zip=10115&hashtag=y',
    '{"clickid":"abc","amount":12.50,"description":"a token of thanks"}',
    'timestamp=2026-11-23T12:00:00Z',
    'version=1.2.3',
  ])('%s is kept as it is', (text) => {
    expect(maskText(text)).toBe(text);
  });

  const name = fc.constantFrom(...secretNames);
  const planted = fc
    .string({ unit: fc.constantFrom(...Array.from('kqzjxv7"\\ =&?%+/;{}[]:,é')), minLength: 3, maxLength: 12 })
    .map((text) => `SECRET${text}TERCES`);
  const before = fc.constantFrom('', 'clickid=abc&', 'a=b&c=d&', '?', 'ref=https://x.example/?', '&&', 'x=1;');

  test('never holds a secret of a query or a form', () => {
    fc.assert(
      fc.property(before, name, planted, fc.boolean(), (head, key, value, inBody) => {
        const text = `${head}${encodeURIComponent(key)}=${encodeURIComponent(value)}&amount=5`;
        const raw = maskedRaw(request(inBody ? 'a=1' : text, { body: inBody ? text : '' }), isLogged);
        expect(raw).not.toMatch(/SECRET|TERCES/);
        expect(raw).toContain('amount=5');
      }),
      { numRuns: atLength(500, 150) },
    );
  });

  test('never holds a secret of a query that was encoded as a whole', () => {
    fc.assert(
      fc.property(name, planted, (key, value) => {
        const inner = `clickid=abc&${encodeURIComponent(key)}=${encodeURIComponent(value)}&amount=5`;
        const encoded = encodeURIComponent(inner);
        for (const text of [encoded, `next=${encoded}`, `next=${encodeURIComponent(encoded)}`]) {
          expect(maskText(text)).not.toMatch(/SECRET|TERCES/);
          expect(maskText(text)).toMatch(/amount%(25)*3D5$/);
        }
      }),
    );
  });

  test('never holds a secret of a JSON body, however deep and however often written as a text', () => {
    fc.assert(
      fc.property(name, planted, fc.integer({ min: 0, max: 2 }), fc.boolean(), (key, value, depth, spaced) => {
        let document: unknown = { clickid: 'abc', [key]: value, amount: 5 };
        for (let level = 0; level < depth; level++) document = { event: JSON.stringify(document) };
        const raw = maskedRaw(request('', { body: JSON.stringify(document, null, spaced ? 2 : 0) }), isLogged);
        expect(raw).not.toMatch(/SECRET|TERCES/);
      }),
      { numRuns: atLength(500, 150) },
    );
  });

  test('never holds a secret of a JSON text that was encoded into a parameter whose value is kept', () => {
    fc.assert(
      fc.property(name, planted, fc.integer({ min: 1, max: 3 }), fc.boolean(), (key, value, times, inBody) => {
        let json = JSON.stringify({ [key]: value, amount: 5 });
        for (let time = 0; time < times; time++) json = encodeURIComponent(json);
        const text = `sub1=${json}&amount=5`;
        const raw = maskedRaw(request(inBody ? 'a=1' : text, { body: inBody ? text : '' }), isLogged);
        expect(raw).not.toMatch(/SECRET|TERCES/);
        expect(raw).toMatch(/&amount=5$/);
      }),
    );
  });

  const encoded = encodeURIComponent;
  const innermost: readonly ((name: string, value: string) => string)[] = [
    (key, value) => `${encoded(key)}=${encoded(value)}&amount=5`,
    (key, value) => `clickid=abc&${encoded(key)}=${encoded(value)}`,
    (key, value) => JSON.stringify({ [key]: value, amount: 5 }),
    (key, value) => JSON.stringify({ clickid: 'abc', [key]: value }, null, 2),
    (key, value) => JSON.stringify({ [key]: { user: { id: 1 }, buyer: value, name: ['a]}', value] }, amount: 5 }),
    (key, value) => JSON.stringify({ [key]: [['a]'], value], amount: 5 }),
    (key, value) => `{"${key}":${value.replace(/[^a-z ,+;?]/gi, '')},"amount":5}`,
    (key, value) => `{"${key}":"${value.replace(/[^a-z "+?/]/gi, '')}","amount":5}`,
  ];
  /** What one system puts around what another has sent it. */
  const layers: readonly ((text: string) => string)[] = [
    (text) => `sub1=${encoded(text)}&amount=5`,
    (text) => `sub1=${encoded(`https://x.example/?${text}`)}&amount=5`,
    (text) => new URLSearchParams({ sub1: text, amount: '5' }).toString(),
    (text) => JSON.stringify({ event: text, amount: 5 }),
    (text) => JSON.stringify({ txid: 'T1', sub1: text }),
    (text) => JSON.stringify({ event: [text], amount: 5 }),
    (text) => JSON.stringify([text, 5]),
    (text) => `sub1="${encoded(text)}"&amount=5`,
    (text) => `{"sub1":"${encoded(text)}\t\\q","amount":5}`,
    (text) => `{"sub1":${JSON.stringify(text).slice(0, -1)}\\q","amount":5}`,
    encoded,
  ];

  test('never holds a value that is secret or unlisted, whatever systems wrapped around it, and wherever the text is cut', () => {
    const chosen = fc.array(fc.constantFrom(...layers), { maxLength: 4 });
    const key = fc.constantFrom('buyer', 'Full Name', ...secretNames);
    fc.assert(
      fc.property(
        key,
        planted,
        fc.constantFrom(...innermost),
        chosen,
        fc.nat({ max: 300 }),
        fc.boolean(),
        (...made) => {
          const [called, value, start, around, beforeCut, inBody] = made;
          const text = around.reduce((inner, wrap) => wrap(inner), start(called, value));
          for (const whole of [text, `sub1=${'x'.repeat(4096 - beforeCut)}&${text}`]) {
            const raw = maskedRaw(request(inBody ? 'a=1' : whole, { body: inBody ? whole : '' }), isLogged);
            expect(raw).not.toMatch(/SECRET|TERCES/);
          }
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? atLength(500, 150)) },
    );
  });

  test('never holds a secret of a JSON text that was encoded as a URL, whose separators stay as they are', () => {
    fc.assert(
      fc.property(name, planted, fc.boolean(), (key, value, isLast) => {
        const json = JSON.stringify({ ...(isLast && { amount: 5 }), [key]: value });
        const raw = maskedRaw(request(`sub1=${encodeURI(json)}&amount=5`), isLogged);
        expect(raw).not.toMatch(/SECRET|TERCES/);
        expect(raw).toMatch(/&amount=5$/);
      }),
    );
  });

  test.each([
    ['tok\\u0065n', 'a letter of the name is escaped'],
    ['Stra\\u00dfe', 'the name has a letter that PHP escapes'],
    ['ship\\/to', 'the name has a slash that PHP escapes'],
  ])('does not hold the value of "%s": %s', (escaped) => {
    expect(maskedRaw(request('', { body: `{"${escaped}":"SECRET"}` }), isLogged)).toBe(`\n{"${escaped}":"***"}`);
  });

  test.each(['%22customer=SECRET', 'customer%22=SECRET'])('is not misled by a quote that was encoded: %s', (query) => {
    expect(maskedRaw(request(query), isLogged)).toBe(query.replace('SECRET', '***'));
  });

  test('never holds an address of a person', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(?:[._-][a-z0-9]{1,4})?$/);
    fc.assert(
      fc.property(
        word,
        word,
        fc.constantFrom('@', '%40', '%2540'),
        fc.constantFrom('', '+tag', '%2Btag'),
        (local, host, at, tag) => {
          const masked = maskText(`a=1&mail=${local}${tag}${at}${host}.example&b=2`);
          expect(masked).toBe('a=1&mail=***@***&b=2');
        },
      ),
    );
  });

  /** Ways to write a letter that some reader of a request undoes. */
  const wrappers: readonly ((letter: string) => string)[] = [
    (letter) => letter,
    (letter) => `%${hexOf(letter)}`,
    (letter) => `%25${hexOf(letter)}`,
    (letter) => `%2525${hexOf(letter).toLowerCase()}`,
    (letter) => `\\u00${hexOf(letter)}`,
    (letter) => `\\\\u00${hexOf(letter)}`,
    (letter) => `\\x${hexOf(letter)}`,
    (letter) => `&#${letter.charCodeAt(0)};`,
    (letter) => `&#x${hexOf(letter)};`,
    (letter) => encodeURIComponent(`&#${letter.charCodeAt(0)};`),
    (letter) => encodeURIComponent(`\\u00${hexOf(letter)}`),
  ];

  test('never holds an address of a person, however each of its letters was wrapped', () => {
    const letters = Array.from('jane.doe@mail.example.com');
    const choices = fc.array(fc.nat({ max: wrappers.length - 1 }), {
      minLength: letters.length,
      maxLength: letters.length,
    });
    fc.assert(
      fc.property(choices, fc.boolean(), (chosen, inBody) => {
        const written = letters.map((letter, at) => wrappers[chosen[at] ?? 0]?.(letter) ?? letter).join('');
        const text = inBody ? `{"sub1":"${written}","amount":5}` : `sub1=${written}&amount=5`;
        expect(maskText(text)).toBe(inBody ? '{"sub1":"***@***","amount":5}' : 'sub1=***@***&amount=5');
      }),
      { seed: 7, numRuns: atLength(500, 150) },
    );
  });

  const made = Date.UTC(2026, 10, 23);
  const clickId = mintClickId({ number: 1, secret: Buffer.from('any') }, made, Buffer.alloc(8, 5));
  const later = { receivedAt: made + 1000 };

  test.each<[string, string]>([
    ['as it was made', clickId],
    ['in capitals', clickId.toUpperCase()],
    ['as it was retyped', clickId.replace(/1/g, 'I').replace(/0/g, 'o')],
    ['encoded letter by letter', Array.from(clickId, (letter) => `%${hexOf(letter)}`).join('')],
    ['encoded twice', Array.from(clickId, (letter) => `%25${hexOf(letter)}`).join('')],
    ['escaped', Array.from(clickId, (letter) => `\\u00${hexOf(letter)}`).join('')],
  ])('names the click ID that stands beyond the cut, %s', (_how, written) => {
    for (const filler of [4080, 4096, 9000, 200_000]) {
      const raw = maskedRaw(request(`txid=${'x'.repeat(filler)}&clickid=${written}&amount=5`, later), isLogged);
      expect(raw.endsWith(`…${clickId}…`)).toBe(true);
    }
  });

  test('names nothing beyond the cut but what a click ID of ours could be', () => {
    const hash = 'f5bb0c8de146c67b44babbf4e6584cc0';
    const future = mintClickId({ number: 1, secret: Buffer.from('any') }, made + 86_400_000, Buffer.alloc(8));
    const query = `txid=${'x'.repeat(5000)}&email_md5=${hash}&a=${future}&b=x${clickId}`;
    expect(maskedRaw(request(query, later), isLogged)).toMatch(/^txid=x+…$/);
  });

  test('is cut after 4,096 characters, and a secret at the cut is masked all the same', () => {
    const filler = 'txid='.padEnd(4080, 'x');
    const raw = maskedRaw(request(`${filler}&token=SECRET${'y'.repeat(5000)}`), isLogged);
    expect(raw).toBe(`${filler}&token=***…`);
    expect(maskedRaw(request('', { body: 'x'.repeat(256 * 1024) }), isLogged).length).toBeLessThan(4200);
  });

  test('is text that every store takes, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (rawQuery, body) => {
        expect(maskedRaw(request(rawQuery, { body }), isLogged).isWellFormed()).toBe(true);
      }),
    );
    expect(maskedRaw(request(`${'x'.repeat(4095)}😀`), isLogged).isWellFormed()).toBe(true);
  });
});
