import { hkdfSync } from 'node:crypto';
import * as v from 'valibot';
import type { IntegrationKeys } from '../configuration/integration';
import type { ClickIdKey } from '../click/signed-click-id';

/**
 * The one secret of a deployment, from which every key is derived (HKDF-SHA-256, RFC 5869). `previous` is the value before the last
 * rotation: everything it signed stays readable. `next` is the value of the next rotation, read and not yet written with: functions hold the
 * secret for minutes, and none may receive a click ID with an unknown key. `older` are the values before `previous`, the newest first: they
 * read click IDs and waiting requests, and no sender authenticates by them.
 */
export interface Master {
  readonly currentNumber: number;
  readonly current: string;
  readonly previous?: string;
  readonly next?: string;
  readonly older?: readonly string[];
}

/** Click IDs carry the number of their key in four bits: more values at a time would be indistinguishable. */
const mostOlder = 12;

const value = v.pipe(v.string(), v.minLength(32));
const masterSchema = v.object({
  currentNumber: v.pipe(v.number(), v.integer(), v.minValue(1)),
  current: value,
  previous: v.exactOptional(value),
  next: v.exactOptional(value),
  older: v.exactOptional(v.pipe(v.array(value), v.maxLength(mostOlder))),
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
    throw new Error(
      `the master secret is wrong at ${path}: it holds {"currentNumber", "current", "previous"?, "next"?, "older"?}`,
    );
  }
  return result.output;
}

function derive(master: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'postback-tracker', purpose, 32));
}

/** The values of the master that senders authenticate by, the current one first. */
function mastersOf({ current, previous, next }: Master): readonly [string, ...string[]] {
  return [current, ...(previous === undefined ? [] : [previous]), ...(next === undefined ? [] : [next])];
}

type ClickIdKeys = readonly [ClickIdKey, ...ClickIdKey[]];

/** Functions hold a master for minutes: its keys are derived once, and not for every request. */
const knownClickIdKeys = new WeakMap<Master, ClickIdKeys>();

/** The keys that click IDs are read with, the one they are made with first. Their number is the master's, modulo 16. */
export function clickIdKeys(master: Master): ClickIdKeys {
  const keys = knownClickIdKeys.get(master) ?? deriveClickIdKeys(master);
  knownClickIdKeys.set(master, keys);
  return keys;
}

function deriveClickIdKeys(master: Master): ClickIdKeys {
  const key = (secret: string, number: number): ClickIdKey => ({
    number: number & 15,
    secret: derive(secret, 'click-id'),
  });
  const { currentNumber, current, previous, next, older = [] } = master;
  return [
    key(current, currentNumber),
    ...(previous === undefined ? [] : [key(previous, currentNumber - 1)]),
    ...(next === undefined ? [] : [key(next, currentNumber + 1)]),
    ...older.map((secret, at) => key(secret, currentNumber - 2 - at)),
  ];
}

/** The credential of one integration, for one of its live key numbers. */
export interface IntegrationCredential {
  readonly keyNumber: number;
  /** The sender's name for the key: `k2`. */
  readonly keyId: string;
  readonly token: string;
  readonly signingKey: Buffer;
  /** Made from the master before the last rotation: it goes when that one goes. */
  readonly ofPreviousMaster?: true;
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

type Credentials = readonly IntegrationCredential[];

const knownCredentials = new WeakMap<Master, Map<string, Credentials>>();
/** More integrations than one function serves while it holds a master. */
const mostKnown = 1000;

/** Every credential that is accepted: two key numbers at most, each from every value of the master that is read with. */
export function acceptedCredentials(master: Master, integration: string, keys: IntegrationKeys): Credentials {
  const known = knownCredentials.get(master) ?? new Map<string, Credentials>();
  knownCredentials.set(master, known);
  const name = `${integration}/${keys.current}/${keys.previous ?? ''}`;
  const credentials = known.get(name) ?? deriveCredentials(master, integration, keys);
  if (known.size < mostKnown) known.set(name, credentials);
  return credentials;
}

function deriveCredentials(master: Master, integration: string, keys: IntegrationKeys): Credentials {
  const numbers = keys.previous === undefined ? [keys.current] : [keys.current, keys.previous];
  return numbers.flatMap((number) =>
    mastersOf(master).map((secret): IntegrationCredential => {
      const accepted = credential(secret, integration, number);
      return secret === master.previous ? { ...accepted, ofPreviousMaster: true } : accepted;
    }),
  );
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

/** Sealed content: waiting requests, those in the log, and the secrets that a traffic source requires. */
export type SealUse = 'queue' | 'log-row' | 'source-secret';

/** A key that opens requests does not open the secrets of sources. */
const sealPurposes = { queue: 'seal', 'log-row': 'seal', 'source-secret': 'source-secret' } as const satisfies Record<
  SealUse,
  string
>;

/** The keys that texts of one use are sealed with, the present one first. */
export function sealingKeys(master: Master, use: SealUse): readonly [Buffer, ...Buffer[]] {
  const purpose = sealPurposes[use];
  const [current, ...others] = mastersOf(master);
  return [derive(current, purpose), ...[...others, ...(master.older ?? [])].map((secret) => derive(secret, purpose))];
}

/** The keys that a new integration starts with. */
export const firstKeys: IntegrationKeys = { current: 1 };

/** The keys after a rotation: a new one beside the present one; older ones are rejected from now on. */
export function rotateKeys(keys: IntegrationKeys): IntegrationKeys {
  return { current: keys.current + 1, previous: keys.current };
}
