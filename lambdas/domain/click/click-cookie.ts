import { carriedTime } from './click-id';
import type { Click } from './click';

/** `__Host-` makes browsers insist on `Secure` and `Path=/`, and keeps every other host from setting it. */
const prefix = '__Host-pt.';
/** Browsers keep no cookie longer than 400 days. */
const longestSeconds = 400 * 24 * 60 * 60;
/** A visitor of many campaigns does not carry them all: the oldest goes. */
export const mostCookies = 5;

/** A click that a visitor's browser remembers. Its ID is only as genuine as its MAC says. */
export interface RememberedClick {
  readonly campaign: string;
  readonly clickId: string;
}

/** The clicks in the cookies of a request, the newest first. */
export function rememberedClicks(cookies: readonly string[] = []): readonly RememberedClick[] {
  return cookies
    .flatMap((cookie): RememberedClick[] => {
      const at = cookie.indexOf('=');
      return cookie.startsWith(prefix) && at > prefix.length
        ? [{ campaign: cookie.slice(prefix.length, at), clickId: cookie.slice(at + 1) }]
        : [];
    })
    .toSorted((left, right) => timeOf(right) - timeOf(left));
}

/**
 * The `Set-Cookie` texts after a click: its own, and one that drops the oldest where there are too many.
 * `SameSite=Lax` goes along when the visitor comes back by a link or a redirect, and with an image of the tracker's own site alone.
 */
export function clickCookies(
  { campaign, clickId }: Pick<Click, 'campaign' | 'clickId'>,
  maxAgeDays: number,
  cookies: readonly string[] | undefined,
): readonly string[] {
  const others = rememberedClicks(cookies).filter((one) => one.campaign !== campaign);
  const seconds = Math.min(longestSeconds, Math.ceil(maxAgeDays * 24 * 60 * 60));
  const dropped = others.slice(mostCookies - 1).map((one) => cookieText(one.campaign, '', 0));
  return [cookieText(campaign, clickId, seconds), ...dropped];
}

function cookieText(campaign: string, value: string, maxAgeSeconds: number): string {
  return `${prefix}${campaign}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;
}

const timeOf = ({ clickId }: RememberedClick): number => carriedTime(clickId) ?? 0;
