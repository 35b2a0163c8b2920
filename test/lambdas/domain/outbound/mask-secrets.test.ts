import { maskSecrets } from '../../../../lambdas/domain/outbound/mask-secrets';

const secret = 's3/+ "é&';
const masked = (text: string): string => maskSecrets(text, { KEY: secret });

describe('a secret in what a source sends back is masked', () => {
  test.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['percent-encoded, each byte', Buffer.from(secret).toString('hex').replace(/../g, '%$&')],
    ['as a value of a form', new URLSearchParams({ k: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON of ASCII alone', String.raw`s3\/+ \"\u00e9\u0026`],
    ['in HTML', 's3/+ &quot;é&amp;'],
    ['in HTML by numbers', 's3&#x2F;&#43; &#34;&#233;&#38;'],
    ['in Base64', Buffer.from(secret).toString('base64')],
    ['in Base64 of URLs', Buffer.from(secret).toString('base64url')],
  ])('%s', (_how, text) => {
    expect(masked(`key <${text}> is unknown`)).toBe('key <***> is unknown');
  });

  test('wherever it is, and the longer one first', () => {
    expect(maskSecrets('bad k&1 k%261 "tok"', { token: 'tok', key: 'k&1', part: 'k&' })).toBe('bad *** *** "***"');
  });
});

test('a text without secrets stays as it is', () => {
  expect(masked('s3 %2F + "é & k')).toBe('s3 %2F + "é & k');
  expect(maskSecrets('no secret here', { KEY: '' })).toBe('no secret here');
});
