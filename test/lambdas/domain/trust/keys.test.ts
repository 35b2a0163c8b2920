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
  type Master,
} from '../../../../lambdas/domain/trust/keys';
import { mintClickId, readClickId } from '../../../../lambdas/domain/click/signed-click-id';
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
      ...(['queue', 'source-secret'] as const).flatMap((use) => sealingKeys(master, use).map(hex)),
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

describe('a master two rotations later', () => {
  const later: Master = {
    currentNumber: rotatedMaster.currentNumber + 2,
    current: 'the fourth of them, just as long as the others',
    previous: 'the third of them, as long as the others are',
    older: [rotatedMaster.current, master.current],
  };

  test('reads the click IDs of each value that it holds, and makes them with the present one', () => {
    const minted = [master, rotatedMaster, later].map((by) => mintClickId(clickIdKeys(by)[0], 0, Buffer.alloc(8)));
    const readings = minted.map((id) => readClickId(id, clickIdKeys(later)));
    expect(readings.map(({ outcome }) => outcome)).toEqual(['genuine', 'genuine', 'genuine']);
    expect(readClickId(minted[0] ?? '', clickIdKeys({ ...later, older: [rotatedMaster.current] })).outcome).toBe(
      'forged',
    );
  });

  test('believes no sender by a value before the one before', () => {
    const tokens = acceptedCredentials(later, 'acme', firstKeys).map(({ token }) => token);
    expect(tokens).toHaveLength(2);
    expect(tokens).not.toContain(currentCredential(rotatedMaster, 'acme', firstKeys).token);
  });
});

describe('the text of the master secret', () => {
  test('is read', () => {
    expect(readMaster(JSON.stringify(rotatedMaster))).toEqual(rotatedMaster);
    expect(readMaster(JSON.stringify({ ...rotatedMaster, older: [] }))).toEqual({ ...rotatedMaster, older: [] });
    expect(readMaster(JSON.stringify({ ...master, other: 1 }))).toEqual(master);
  });

  test.each([
    ['no JSON', 'hunter2hunter2', /not JSON/],
    ['no number', JSON.stringify({ current: master.current }), /at currentNumber/],
    ['a number below 1', JSON.stringify({ ...master, currentNumber: 0 }), /at currentNumber/],
    ['a short value', JSON.stringify({ currentNumber: 1, current: 'hunter2' }), /at current:/],
    ['a short value before it', JSON.stringify({ ...master, previous: 'hunter2' }), /at previous/],
    ['a short value long before it', JSON.stringify({ ...master, older: ['hunter2'] }), /at older.0/],
    [
      'more values than click IDs can tell apart',
      JSON.stringify({ ...master, older: Array(13).fill('a'.repeat(32)) }),
      /at older/,
    ],
    ['null', 'null', /its top level/],
  ])('with %s is rejected by the name of the field, never by its value', (_, text, problem) => {
    expect(() => readMaster(text)).toThrow(problem);
    expect(() => readMaster(text)).not.toThrow(/hunter2/);
  });
});

describe('a sealed text', () => {
  const context = { use: 'queue', requestId: 'r1' } as const;
  const sealed = (text: string, by: Master = master): string => seal(text, by, context);
  const opened = (text: string, by: Master = master): string | undefined => openSealed(text, by, context);

  test('opens under its master and under the next one, and differs each time', () => {
    expect(opened(sealed('a tok\u00e9n'))).toBe('a tok\u00e9n');
    expect(opened(sealed('a tok\u00e9n'), rotatedMaster)).toBe('a tok\u00e9n');
    expect(sealed('a tok\u00e9n')).not.toBe(sealed('a tok\u00e9n'));
    expect(opened(sealed(''))).toBe('');
  });

  test('opens two rotations later, as long as its value is held', () => {
    const later = { currentNumber: 9, current: 'c'.repeat(32), previous: 'p'.repeat(32), older: [master.current] };
    expect(opened(sealed('x'), later)).toBe('x');
    expect(opened(sealed('x'), { ...later, older: [] })).toBeUndefined();
  });

  test('opens under no other master', () => {
    expect(opened(sealed('x', rotatedMaster))).toBeUndefined();
  });

  test('opens for no other request, and for no other use', () => {
    const text = sealed('x');
    expect(openSealed(text, master, { use: 'queue', requestId: 'r2' })).toBeUndefined();
    expect(openSealed(text, master, { use: 'log-row', requestId: 'r1' })).toBeUndefined();
  });

  test('does not open when a single byte is changed, or missing', () => {
    const [mark, content = ''] = sealed('x').split('.');
    const bytes = Buffer.from(content, 'base64');
    expect(opened(`${mark}.${bytes.toString('base64')}`)).toBe('x');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(opened(`${mark}.${changed.toString('base64')}`)).toBeUndefined();
      expect(opened(`${mark}.${bytes.subarray(0, at).toString('base64')}`)).toBeUndefined();
      expect(opened(bytes.toString('base64'))).toBeUndefined();
    }
  });

  test('of the version before still opens, until its row expires', () => {
    const earlier = 'pd7YD8nHJS254INLIPoU/z6/eUetAC3Gz7fZ7Jh9NpHGtms9Pdn0cVkvBoMwC8X2ZKlAE9/K1JIMrw==';
    expect(opened(earlier)).toBe('a tok\u00e9n of the version before');
    expect(opened(earlier, rotatedMaster)).toBe('a tok\u00e9n of the version before');
    expect(opened(`${earlier.slice(0, -4)}AAA=`)).toBeUndefined();
  });
});
