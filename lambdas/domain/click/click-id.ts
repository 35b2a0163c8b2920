import { readBigEndian } from '../text/big-endian';
import { decodeBase32, encodeBase32 } from '../text/crockford-base32';

/** A click ID whose MAC was checked, in its canonical form: 32 letters of lower-case base32. */
export type ClickId = string & { readonly __brand: 'ClickId' };

export const clickIdLength = 32;

/** Click IDs count milliseconds from here; 40 bits of them last until November 2054. */
export const clickIdEpoch = Date.UTC(2020, 0, 1);

/** Whether a text could be a click ID: the letters and the length, not the MAC. */
export function hasClickIdShape(text: string): boolean {
  return text.length === clickIdLength && decodeBase32(text) !== undefined;
}

/** Returns a click ID as rows hold it, however it was retyped. A text of another shape is unchanged: senders send all sorts. */
export function canonicalClickId(text: string): string {
  const bytes = hasClickIdShape(text) ? decodeBase32(text) : undefined;
  return bytes === undefined ? text : encodeBase32(bytes);
}

/** The time that an ID carries, genuine or not; `undefined` where the text is not shaped like one. Milliseconds since 1970. */
export function carriedTime(text: string): number | undefined {
  const bytes = text.length === clickIdLength ? decodeBase32(text) : undefined;
  return bytes === undefined ? undefined : clickIdEpoch + readBigEndian(bytes.subarray(1, 6));
}

/** Replaces a click where there is none: no conversion ever has it. */
export const sampleClickId = '0'.repeat(clickIdLength) as ClickId;
