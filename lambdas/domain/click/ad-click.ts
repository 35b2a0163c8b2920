import { hmacOf } from '../text/hmac';
import type { ClickId } from './click-id';
import { mintClickId, type ClickIdKey } from './signed-click-id';
import type { ClickQuery } from './click-parameters';

/**
 * Parameters in which ad platforms put their ID of a click, in lower case. The first here counts among several in one URL: a redirect and a
 * landing page may see different ones beside it.
 */
export const adClickNames = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'fbclid',
  'ttclid',
  'msclkid',
  'sccid',
  'epik',
  'rdt_cid',
  'twclid',
  'li_fat_id',
  'aleid',
  'oppref',
] as const;

/** Minutes in which the same ID of an ad platform is the same click, whether it comes by redirect or by script. */
const sameClickMinutes = 30;
const spanMilliseconds = sameClickMinutes * 60_000;

/** The IDs that one click of an ad may have: its own, and the one of the span before, while that is not over. */
export interface AdClickIds {
  readonly own: ClickId;
  readonly before: ClickId;
}

/**
 * The click IDs of an ad's click, made of the ad platform's ID and the half hour in place of chance: the same click comes to the same ID
 * wherever it is recorded, so that the one write which stores it also finds that it is stored already.
 * @param bot whether a crawler comes, which visits the URL of an ad as well: its click is never the visitor's, of whom reports would then
 *   show no money
 * @returns `undefined` where the URL names no click of an ad platform
 */
export function adClickIds(
  key: ClickIdKey,
  campaignId: string,
  { all, kept }: ClickQuery,
  bot: boolean,
  now: number,
): AdClickIds | undefined {
  const name = adClickNames.find((one) => all.has(one) && kept.unreplaced?.includes(one) !== true);
  if (name === undefined) return undefined;
  const random = hmacOf(key.secret, 'ad-click', JSON.stringify([campaignId, name, all.get(name), bot])).subarray(0, 8);
  const span = Math.floor(now / spanMilliseconds) * spanMilliseconds;
  return { own: mintClickId(key, span, random), before: mintClickId(key, span - spanMilliseconds, random) };
}

/** Whether a stored click is the present one. */
export function isSameClick(standing: { readonly clickedAt: number }, now: number): boolean {
  return Math.abs(now - standing.clickedAt) <= spanMilliseconds;
}
