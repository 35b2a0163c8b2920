import { hkdfSync } from 'node:crypto';
import * as v from 'valibot';
import type { IntegrationKeys } from '../configuration/integration';
import type { ClickIdKey } from '../identifiers/click-id';

/**
 * The one secret of a deployment, from which every key is derived (HKDF-SHA-256, RFC 5869). `previous` is the value before the
 * last rotation: what it signed stays readable.
 */
export interface Master {
  readonly currentNumber: number;
  readonly current: string;
  readonly previous?: string;
}

const masterSchema = v.object({
  currentNumber: v.pipe(v.number(), v.integer(), v.minValue(1)),
  current: v.pipe(v.string(), v.minLength(32)),
  previous: v.optional(v.pipe(v.string(), v.minLength(32))),
});

/** Reads the secret's text. The error names the field at fault and never its value. */
export function readMaster(secretText: string): Master {
  let parsed: unknown;
  try {
    parsed = JSON.parse(secretText);
  } catch {
    throw new Error('the master secret is not JSON');
  }
  const result = v.safeParse(masterSchema, parsed);
  if (!result.success) {
    const path = v.getDotPath(result.issues[0]) ?? 'its top level';
    throw new Error(`the master secret is wrong at ${path}: it holds {"currentNumber", "current", "previous"?}`);
  }
  const { currentNumber, current, previous } = result.output;
  return { currentNumber, current, ...(previous !== undefined && { previous }) };
}

function derive(master: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'postback-tracker', purpose, 32));
}

function mastersOf(master: Master): readonly string[] {
  return master.previous === undefined ? [master.current] : [master.current, master.previous];
}

/** The keys that click IDs are read with, the one they are made with first. Their number is the master's, modulo 16. */
export function clickIdKeys(master: Master): readonly [ClickIdKey, ...ClickIdKey[]] {
  const key = (secret: string, number: number): ClickIdKey => ({
    number: number & 15,
    secret: derive(secret, 'click-id'),
  });
  const current = key(master.current, master.currentNumber);
  return master.previous === undefined ? [current] : [current, key(master.previous, master.currentNumber - 1)];
}

/** What one integration shows or signs with, for one of its live key numbers. */
export interface IntegrationCredential {
  readonly keyNumber: number;
  /** How the sender names the key: `k2`. */
  readonly keyId: string;
  readonly token: string;
  readonly signingKey: Buffer;
}

/** Letters and digits only, so that no URL, spreadsheet or macro engine changes it on the way. */
function tokenOf(master: string, integration: string, keyNumber: number): string {
  return `${keyIdOf(keyNumber)}t${derive(master, `token/${integration}/${keyNumber}`).subarray(0, 20).toString('hex')}`;
}

export function keyIdOf(keyNumber: number): string {
  return `k${keyNumber}`;
}

/** The credential that a person pastes into the sender's system today. */
export function currentCredential(master: Master, integration: string, keys: IntegrationKeys): IntegrationCredential {
  return credential(master.current, integration, keys.current);
}

/** Every credential that is accepted: two key numbers at most, each from the present and the previous master. */
export function acceptedCredentials(
  master: Master,
  integration: string,
  keys: IntegrationKeys,
): readonly IntegrationCredential[] {
  const numbers = keys.previous === undefined ? [keys.current] : [keys.current, keys.previous];
  return numbers.flatMap((number) => mastersOf(master).map((secret) => credential(secret, integration, number)));
}

function credential(master: string, integration: string, keyNumber: number): IntegrationCredential {
  return {
    keyNumber,
    keyId: keyIdOf(keyNumber),
    token: tokenOf(master, integration, keyNumber),
    signingKey: derive(master, `signature/${integration}/${keyNumber}`),
  };
}

/** The form of a signing key that people and the Standard Webhooks libraries pass around. */
export function writeSigningKey(signingKey: Buffer): string {
  return `whsec_${signingKey.toString('base64')}`;
}

/** The key of one day's address hashes; the day is part of it, so that no hash outlives its day. */
export function addressHashKey(master: Master, day: string): Buffer {
  return derive(master.current, `address-hash/${day}`);
}

/** The keys that queued requests are sealed with, the present one first. */
export function sealingKeys(master: Master): readonly [Buffer, ...Buffer[]] {
  const current = derive(master.current, 'seal');
  return master.previous === undefined ? [current] : [current, derive(master.previous, 'seal')];
}

/** The keys that a new integration starts with. */
export const firstKeys: IntegrationKeys = { current: 1 };

/** The keys after a rotation: a new one beside the present one, and whatever was older is refused from now on. */
export function rotateKeys(keys: IntegrationKeys): IntegrationKeys {
  return { current: keys.current + 1, previous: keys.current };
}
