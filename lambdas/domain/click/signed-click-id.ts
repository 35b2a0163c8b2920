import { timingSafeEqual } from 'node:crypto';
import { readBigEndian, writeBigEndian } from '../text/big-endian';
import { hmacOf } from '../text/hmac';
import { clickIdEpoch, clickIdLength, type ClickId } from './click-id';
import { decodeBase32, encodeBase32 } from '../text/crockford-base32';

/** A key that click IDs are signed with. Numbers 0 to 15; the ID carries the number, so that old IDs outlive a rotation. */
export interface ClickIdKey {
  readonly number: number;
  readonly secret: Uint8Array;
}

export type ClickIdReading =
  | { readonly outcome: 'genuine'; readonly clickId: ClickId; readonly mintedAt: number; readonly keyNumber: number }
  | { readonly outcome: 'malformed' }
  | { readonly outcome: 'forged' };

/** Format 1: 8 bits of format and key number, 40 of time, 64 random, 48 of MAC. */
const format = 1;
const signedLength = 14;
const macLength = 6;
const label = Buffer.from('click-id');

function macOf(signed: Uint8Array, secret: Uint8Array): Buffer {
  return hmacOf(secret, label, signed).subarray(0, macLength);
}

/**
 * Makes a click ID.
 * @param now milliseconds since 1970
 * @param random 8 random bytes
 */
export function mintClickId(key: ClickIdKey, now: number, random: Uint8Array): ClickId {
  if (random.length !== 8) throw new RangeError(`a click ID takes 8 random bytes, got ${random.length}`);
  const bytes = new Uint8Array(signedLength + macLength);
  bytes[0] = (format << 4) | (key.number & 15);
  writeBigEndian(bytes.subarray(1, 6), Math.max(0, now - clickIdEpoch));
  bytes.set(random, 6);
  const signed = bytes.subarray(0, signedLength);
  bytes.set(macOf(signed, key.secret), signedLength);
  return encodeBase32(bytes) as ClickId;
}

/**
 * Reads a click ID as it came back: any case, blanks around it, `o` for 0 and `i`, `l` for 1.
 * Costs no I/O, so that a made-up ID is rejected without a read.
 */
export function readClickId(text: string, keys: readonly ClickIdKey[]): ClickIdReading {
  const trimmed = text.trim();
  const bytes = trimmed.length === clickIdLength ? decodeBase32(trimmed) : undefined;
  if (bytes === undefined) return { outcome: 'malformed' };
  const head = bytes[0] ?? 0;
  if (head >>> 4 !== format) return { outcome: 'forged' };
  const signed = bytes.subarray(0, signedLength);
  const mac = bytes.subarray(signedLength);
  // The previous master may have had the same number sixteen rotations ago: each key of the number is tried.
  const key = keys
    .filter(({ number }) => number === (head & 15))
    .find(({ secret }) => timingSafeEqual(mac, macOf(signed, secret)));
  if (key === undefined) return { outcome: 'forged' };
  return {
    outcome: 'genuine',
    clickId: encodeBase32(bytes) as ClickId,
    mintedAt: clickIdEpoch + readBigEndian(signed.subarray(1, 6)),
    keyNumber: key.number,
  };
}
