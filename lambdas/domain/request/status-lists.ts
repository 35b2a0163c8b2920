import type { StatusWord } from '../values/status';
import { foldName } from './parameter-index';
import type { Parameter } from '../text/query';
import { plainValue } from '../text/percent-encoding';

/**
 * The meanings of status words that a request itself lists: Keitaro's `lead_status=2,5&sale_status=1` makes 2 and 5 pending and 1 approved.
 * Scaleo's are parted by semicolons as well.
 * @param listing the status that each such parameter lists words for
 */
export function statusListsIn(
  parameters: readonly Parameter[],
  listing: Readonly<Record<string, StatusWord>>,
): ReadonlyMap<string, StatusWord> {
  const words = new Map<string, StatusWord>();
  for (const { name, value } of parameters) {
    const folded = foldName(name);
    const meaning = Object.hasOwn(listing, folded) ? listing[folded] : undefined;
    if (meaning === undefined) continue;
    for (const word of plainValue(value).split(/[,;]/)) words.set(word.trim().toLowerCase(), meaning);
  }
  return words;
}
