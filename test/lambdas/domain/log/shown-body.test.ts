import { loggedParameters } from '../../../../lambdas/domain/log/logged-parameters';
import { maskedRaw } from '../../../../lambdas/domain/log/masking';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import { clickIdKeys } from '../../../../lambdas/domain/trust/keys';
import { master, now, request } from '../support/factories';

const rawOf = (body: string | Uint8Array, headers = {}): string =>
  maskedRaw(
    { ...request('', { headers }), body: typeof body === 'string' ? Buffer.from(body) : body },
    loggedParameters(),
  ).trim();

const part = (name: string, value: string): string =>
  `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test('parts of multipart are shown as pairs, and masked by their names', () => {
  const body = `${part('amount', '5')}${part('secret', 'S3cr3t&a=b')}${part('phone', '+4915112345')}--X--\r\n`;

  expect(rawOf(body, { 'content-type': 'multipart/form-data; boundary=X' })).toBe('amount=5&secret=***&phone=***');
});

test.each([
  ['XML', '<r><secret>S3cr3t</secret><phone>+4915112345</phone></r>'],
  ['text', 'secret: S3cr3t\nphone: +4915112345'],
  ['text', 'email,secret\nann,S3cr3t'],
  ['text', "{'secret':'S3cr3t'}"],
])('of a body without names that are read, %s, only the kind and the length are shown', (kind, body) => {
  expect(rawOf(body)).toBe(`[${kind}, ${body.length} bytes]`);
});

test('the click IDs of such a body are kept, by which the rows of a person are found', () => {
  const [key] = clickIdKeys(master);
  if (key === undefined) throw new Error('the master has a key');
  const id = mintClickId(key, now - 1000, new Uint8Array(8));

  expect(rawOf(`<r><clickid>${id}</clickid></r>`)).toMatch(new RegExp(`bytes\\] ${id}$`));
});

test('a body in UTF-16 is masked as what it says', () => {
  expect(rawOf(Buffer.from('amount=5&secret=S3cr3t', 'utf16le'))).toBe('amount=5&secret=***');
});
