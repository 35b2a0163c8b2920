import { decodePercent, trimInvisible } from '../text/percent-encoding';

/** Path and query of a request, with the spelling of the path forgiven. */
export interface Target {
  /** The path as it was sent, up to the first `&`: a signature covers it. */
  readonly path: string;
  /** The raw query; the rest of the path after its first `&` comes first. */
  readonly query: string;
  /** The parts between slashes, decoded once, without empty ones. */
  readonly segments: readonly string[];
}

/**
 * Reads where a request goes. Slashes that are doubled or trailing do not count, and an `&` in the path starts the query:
 * some systems append `&fbclid=1` to a URL that has no `?`.
 */
export function readTarget(rawPath: string, rawQuery: string): Target {
  const at = rawPath.indexOf('&');
  const path = at < 0 ? rawPath : rawPath.slice(0, at);
  const appended = at < 0 ? '' : rawPath.slice(at + 1).replace(/^(?:amp;|[?&])+/i, '');
  return {
    path,
    query: [appended, rawQuery].filter((part) => part !== '').join('&'),
    segments: path
      .split('/')
      .map((segment) => trimInvisible(decodePercent(segment)))
      .filter((segment) => segment !== ''),
  };
}

/** The HTTP methods of a click path. */
export const clickMethods = ['GET', 'HEAD', 'POST', 'OPTIONS'] as const;

/** The campaign of a click path, `/c/{campaign}`; `undefined` where the path is no click path. */
export function campaignIn({ segments }: Target): string | undefined {
  const [first, campaign] = segments;
  return segments.length === 2 && first?.toLowerCase() === 'c' ? campaign : undefined;
}

/** The integration that `/postback/{integration}` or `/postbacks/{integration}` names; `undefined` where the path names none. */
export function integrationIn({ segments }: Target): string | undefined {
  const [first, integration] = segments;
  return segments.length === 2 && /^postbacks?$/i.test(first ?? '') ? integration : undefined;
}
