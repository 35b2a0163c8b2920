import { gzipSync } from 'node:zlib';
import { currentCredential, firstKeys } from '../../../../lambdas/domain/trust/keys';
import { master } from '../../domain/support/factories';
import { World } from './memory';

const { token } = currentCredential(master, 'acme', firstKeys);
const wrongToken = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

let world: World;
beforeEach(() => {
  world = new World();
  world.configure('acme', { auth: { token: 'required', hmac: 'off', ip: 'off' } });
});

const json = (clickid: string, secret: string): string => JSON.stringify({ clickid, amount: 5, token: secret });
const form = (clickid: string, secret: string): string => `clickid=${clickid}&amount=5&token=${secret}`;

type Sent = readonly [query: string, body?: string | Uint8Array, headers?: Readonly<Record<string, string>>];

const places: readonly (readonly [string, (clickid: string, secret: string) => Sent])[] = [
  ['compressed JSON', (id, secret) => ['', gzipSync(json(id, secret)), { 'content-encoding': 'gzip' }]],
  ['a compressed form without the header that says so', (id, secret) => ['', gzipSync(form(id, secret))]],
  ['a JSON list of one object', (id, secret) => ['', `[${json(id, secret)}]`]],
  ['a query between semicolons', (id, secret) => [form(id, secret).replaceAll('&', ';')]],
  ['a form between line breaks', (id, secret) => ['', form(id, secret).replaceAll('&', '\r\n')]],
  ['a query encoded into the click ID', (id, secret) => [`clickid=${id}%26amount=5%26token=${secret}`]],
  ['JSON in a field of a form', (id, secret) => ['', `payload=${encodeURIComponent(json(id, secret))}`]],
  ['JSON in base64', (id, secret) => ['', Buffer.from(json(id, secret)).toString('base64')]],
  ['an object beside the click ID', (id, secret) => ['', `{"event":"x","data":${json(id, secret)}}`]],
  ['UTF-16 with a mark', (id, secret) => ['', Buffer.from(`\ufeff${json(id, secret)}`, 'utf16le')]],
  ['UTF-16 without a mark', (id, secret) => ['', Buffer.from(form(id, secret), 'utf16le')]],
  ['UTF-16 of the other order', (id, secret) => ['', Buffer.from(`\ufeff${json(id, secret)}`, 'utf16le').swap16()]],
];

async function send([query, body = '', headers = {}]: Sent) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return world.send(query, { method: 'POST', path: '/postback/acme', integration: 'acme', body: bytes, headers });
}

describe('a token in', () => {
  test.each(places)('%s authenticates, and the log does not show it', async (_, write) => {
    const { verdict, row } = await send(write(world.click(), token));

    expect(verdict).toMatchObject({ reason: 'OK', conversion: { amount: '5' } });
    expect(row.authenticated).toBe(true);
    expect(JSON.stringify(row).replaceAll('\\u0000', '')).not.toContain(token);
  });

  test.each(places)('%s is rejected where it is wrong', async (_, write) => {
    const { verdict } = await send(write(world.click(), wrongToken));

    expect(verdict.reason).toBe('AUTH_INVALID');
  });

  test('an object that is not the click ID’s counts for nothing', async () => {
    const { verdict } = await send(['', `{"clickid":"${world.click()}","amount":5,"other":{"token":"${token}"}}`]);

    expect(verdict.reason).toBe('AUTH_MISSING');
  });
});

test('a token in a browser’s name, an event or a transaction ID is masked in the log', async () => {
  const query = `clickid=${world.click()}&amount=5&token=${token}&event=${token}&txid=${token}`;
  const { row } = await world.send(query, { headers: { 'user-agent': `bot ${token}` } });

  expect(JSON.stringify(row)).not.toContain(token);
});
