import { hkdfSync } from 'node:crypto';
import vectors from '../../../../docs/test-vectors.json';
import {
  acceptedCredentials,
  clickIdKeys,
  currentCredential,
  firstKeys,
  readMaster,
  rotateKeys,
  sealingKeys,
  writeSigningKey,
} from '../../../../lambdas/domain/trust/keys';
import { openSealed, seal } from '../../../../lambdas/domain/trust/seal';
import { master, rotatedMaster } from '../support/factories';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the keys of a deployment', () => {
  test.each(vectors.keys)('are the published ones for $integration and key $keyNumber', (vector) => {
    const own = { currentNumber: 1, current: vector.master };
    const credential = currentCredential(own, vector.integration, { current: vector.keyNumber });
    expect(credential).toEqual({
      keyNumber: vector.keyNumber,
      keyId: vector.keyId,
      token: vector.token,
      signingKey: Buffer.from(vector.signingKeyHex, 'hex'),
    });
    expect(writeSigningKey(credential.signingKey)).toBe(vector.secret);
  });

  test('hold what they held when they were published', () => {
    expect(vectors.keys.map(({ token, signingKeyHex }) => [token, signingKeyHex])).toEqual([
      [
        'k2t9cdbbacf18dd05bd53b4aabfb49234d8735a0863',
        '572005b342a38ab2839b98c8e797c0fe2eab8ad7519596e88c1b2eba7dcb3ff5',
      ],
    ]);
  });

  test('are HKDF-SHA-256 of the master, one for each purpose, integration and number', () => {
    const [first] = acceptedCredentials(master, 'acme', { current: 1 });
    const derived = hkdfSync('sha256', master.current, 'postback-tracker', 'signature/acme/1', 32);
    expect(first?.signingKey).toEqual(Buffer.from(derived));
    const everything = [
      ...clickIdKeys(master).map(({ secret }) => hex(secret)),
      ...sealingKeys(master).map(hex),
      ...['acme', 'acme2'].flatMap((id) =>
        acceptedCredentials(master, id, { current: 2, previous: 1 }).flatMap(({ token, signingKey }) => [
          token,
          hex(signingKey),
        ]),
      ),
    ];
    expect(new Set(everything).size).toBe(everything.length);
  });

  test('a token is letters and digits that no URL changes, and names its key', () => {
    expect(currentCredential(master, 'acme', { current: 7 }).token).toMatch(/^k7t[0-9a-f]{40}$/);
  });

  test('two numbers are live at most, each under the present and the previous master', () => {
    expect(firstKeys).toEqual({ current: 1 });
    expect(rotateKeys(rotateKeys(firstKeys))).toEqual({ current: 3, previous: 2 });
    const before = currentCredential(master, 'acme', { current: 2 }).token;
    const live = acceptedCredentials(rotatedMaster, 'acme', { current: 3, previous: 2 });
    expect(live.map(({ keyId }) => keyId)).toEqual(['k3', 'k3', 'k2', 'k2']);
    expect(live.map(({ token }) => token)).toContain(before);
    expect(currentCredential(rotatedMaster, 'acme', { current: 2 }).token).not.toBe(before);
  });
});

describe('the text of the master secret', () => {
  test('is read', () => {
    expect(readMaster(JSON.stringify(rotatedMaster))).toEqual(rotatedMaster);
    expect(readMaster(JSON.stringify({ ...master, other: 1 }))).toEqual(master);
  });

  test.each([
    ['no JSON', 'hunter2hunter2', /not JSON/],
    ['no number', JSON.stringify({ current: master.current }), /at currentNumber/],
    ['a number below 1', JSON.stringify({ ...master, currentNumber: 0 }), /at currentNumber/],
    ['a short value', JSON.stringify({ currentNumber: 1, current: 'hunter2' }), /at current:/],
    ['a short value before it', JSON.stringify({ ...master, previous: 'hunter2' }), /at previous/],
    ['null', 'null', /its top level/],
  ])('with %s is refused by the name of the field, never by its value', (_, text, problem) => {
    expect(() => readMaster(text)).toThrow(problem);
    expect(() => readMaster(text)).not.toThrow(/hunter2/);
  });
});

describe('a sealed text', () => {
  test('opens under its master and under the next one, and differs each time', () => {
    const sealed = seal('a tokén', master);
    expect(openSealed(sealed, master)).toBe('a tokén');
    expect(openSealed(sealed, rotatedMaster)).toBe('a tokén');
    expect(seal('a tokén', master)).not.toBe(sealed);
    expect(openSealed(seal('', master), master)).toBe('');
  });

  test('opens under no other master', () => {
    expect(openSealed(seal('x', rotatedMaster), master)).toBeUndefined();
  });

  test('does not open when a single byte is changed, or missing', () => {
    const bytes = Buffer.from(seal('x', master), 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openSealed(changed.toString('base64'), master)).toBeUndefined();
      expect(openSealed(bytes.subarray(0, at).toString('base64'), master)).toBeUndefined();
    }
  });
});
