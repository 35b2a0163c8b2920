import { carriedTime, clickIdLength, hasClickIdShape } from './click-id';
import { decodeBase32, encodeBase32 } from '../text/crockford-base32';
import { unwrappedText } from '../text/unwrapped';

const shape = new RegExp(`(?<![0-9a-z])[0-9a-tv-z]{${clickIdLength}}(?![0-9a-z])`, 'gi');

/** As IDs are read: in any case, `o` for 0, `i` and `l` for 1. */
const folded = (text: string): string => text.toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1');

/** Whether a click ID is in a text, however it was written and encoded there. @param clickId in its canonical form */
export function mentionsClickId(text: string, clickId: string): boolean {
  return folded(unwrappedText(text)).includes(clickId);
}

/** The texts that could be click IDs of ours, made before a moment; which of them are, only their keys can say. */
export function possibleClickIds(text: string, before: number): readonly string[] {
  const candidates = unwrappedText(text).match(shape) ?? [];
  const ids = candidates.filter((candidate) => isPossible(candidate, before)).map(canonical);
  return [...new Set(ids)];
}

/** Format 1 and a time that has been: of the hashes that have the same letters, few have both. */
function isPossible(text: string, before: number): boolean {
  if (!hasClickIdShape(text) || !/^[23]/.test(text)) return false;
  const madeAt = carriedTime(text);
  return madeAt !== undefined && madeAt <= before;
}

function canonical(text: string): string {
  const bytes = decodeBase32(text);
  return bytes === undefined ? text : encodeBase32(bytes);
}
