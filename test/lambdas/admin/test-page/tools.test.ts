import {
  curlLine,
  fieldsOf,
  requestPath,
  signedUrl,
  textOf,
  withParameter,
} from '../../../../lambdas/admin/test-page/page-tools';
import { currentCredential, readMaster, writeSigningKey } from '../../../../lambdas/domain/trust/keys';
import { checkSignature } from '../../../../lambdas/domain/trust/signature';
import { masterText } from '../support/secrets-server';

describe('what the test page calculates', () => {
  test.each([
    ['https://x.example/p', 'https://x.example/p?test=1'],
    ['https://x.example/p?a=%7e&b=1,5', 'https://x.example/p?a=%7e&b=1,5&test=1'],
    ['/p?test=0&a=?&test&contest=2', '/p?a=?&contest=2&test=1'],
  ])('sets a parameter of %s and leaves the rest', (url, expected) => {
    expect(withParameter(url, 'test', '1')).toBe(expected);
  });

  test.each([
    [' https://api.example:8443/postback/a?b=https://c.example ', '/postback/a?b=https://c.example'],
    ['/postback?x=1', '/postback?x=1'],
    ['postback?x=1', '/postback?x=1'],
    ['https://api.example', '/'],
    ['javascript:alert(1)', '/javascript:alert(1)'],
  ])('asks %s of the host that the page came from', (url, expected) => {
    expect(requestPath(url)).toBe(expected);
  });

  test('writes a line for a shell, with quotes that stay quotes', () => {
    expect(curlLine(" https://x.example/p?a='; rm -rf ~ ")).toBe("curl -i 'https://x.example/p?a='\\''; rm -rf ~'");
  });

  test.each([
    ['https://x.example/postback/acme?clickid=a&amount=12%2C50', 'clickid=a&amount=12%2C50'],
    // A browser encodes a quote on the way, and an older signature goes.
    ["/postback/acme?clickid=a'b&ts=1&kid=k0&sig=00", 'clickid=a%27b'],
    ['/postback/acme', ''],
  ])('signs %s as it goes over the wire, and the tracker takes it', async (url, query) => {
    const credential = currentCredential(readMaster(masterText), 'acme', { current: 3 });
    const receivedAt = 1_795_442_400_000;
    const signed = await signedUrl(url, credential.keyId, writeSigningKey(credential.signingKey), receivedAt / 1000);
    const [address, rawQuery = ''] = signed.split('?');
    expect(address).toBe(url.split('?')[0]);
    expect(rawQuery.startsWith(query)).toBe(true);
    const sent = new URL(signed, 'https://x.example').search.slice(1);
    expect(sent).toBe(rawQuery);
    const request = {
      method: 'GET',
      path: '/postback/acme',
      rawQuery,
      body: Buffer.from(''),
      headers: {},
      sourceIp: '127.0.0.1',
      receivedAt,
    };
    expect(checkSignature(request, [credential], 30)).toMatchObject({ outcome: 'passed', keyId: 'k3' });
  });

  test('reads answers of any shape', () => {
    expect([undefined, null, 'text', 7, { a: 1 }].map(fieldsOf)).toStrictEqual([{}, {}, {}, {}, { a: 1 }]);
    expect([undefined, null, 'text', 7, { a: 1 }].map(textOf)).toStrictEqual(['', '', 'text', '7', '{\n  "a": 1\n}']);
  });
});
