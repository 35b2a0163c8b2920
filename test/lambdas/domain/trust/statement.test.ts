import { gzipSync } from 'node:zlib';
import { forgetStatement, isSameText, unsignedStatement } from '../../../../lambdas/domain/trust/statement';
import { request } from '../support/factories';

const sent = (body: string | Uint8Array, headers = {}) =>
  unsignedStatement({
    ...request('clickid=a', { headers }),
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });

const multipart = (boundary: string, amount: string): string =>
  sent(
    `--${boundary}\r\nContent-Disposition: form-data; name="txid"\r\n\r\n1\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="amount"\r\n\r\n${amount}\r\n--${boundary}--\r\n`,
    { 'content-type': `multipart/form-data; boundary=${boundary}` },
  );

/** The same text compressed at another time, as the header of gzip says. */
function gzipAt(text: string, second: number): Uint8Array {
  const bytes = gzipSync(text);
  bytes.writeUInt32LE(second, 4);
  return bytes;
}

describe('a request without a signature is the same one', () => {
  test('with another boundary between the same parts', () => {
    expect(multipart('b1', '5')).toBe(multipart('------x', '5'));
    expect(multipart('b1', '5')).not.toBe(multipart('b1', '6'));
  });

  test('compressed at another time', () => {
    const headers = { 'content-encoding': 'gzip' };
    expect(sent(gzipAt('amount=5', 1), headers)).toBe(sent(gzipAt('amount=5', 2), headers));
    expect(sent(gzipAt('amount=5', 1), headers)).not.toBe(sent(gzipAt('amount=6', 1), headers));
  });

  test('with the next token in its JSON', () => {
    const said = (token: string) =>
      unsignedStatement({ ...request(''), body: Buffer.from(`{"amount":5,"token":"${token}"}`) }, [token]);
    expect(said('k1taaaa')).toBe(said('k2tbbbb'));
  });

  test('and no other plain body', () => {
    expect(sent('{"amount":5}')).not.toBe(sent('{"amount":5.0}'));
  });
});

describe('what an erasure leaves of an identity', () => {
  const identity = sent('amount=5');

  test('is known by the whole one, and by itself', () => {
    const left = forgetStatement(identity);
    expect([isSameText(left, identity), isSameText(identity, left), isSameText(left, left)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(forgetStatement(left)).toBe(left);
    expect(identity).not.toContain(left.slice(1));
  });

  test('is no other’s', () => {
    expect(isSameText(forgetStatement(identity), sent('amount=6'))).toBe(false);
    expect(isSameText(forgetStatement(''), '')).toBe(false);
  });
});
