/**
 * The purpose of a request for a click. `visit` is recorded. `preview` is a look ahead of a visitor, which is redirected and not recorded.
 * `prefetch` comes from a browser that keeps the answer for its visitor, and asks again only where it was an error.
 */
export type ClickPurpose = 'visit' | 'preview' | 'prefetch';

/**
 * A browser that prefetches or prerenders says so in `Sec-Purpose` (Fetch standard), an older one in `Purpose` (Chrome, Safari) or
 * `X-Moz` (Firefox); a preview of an app or a new tab in `X-Purpose` or `Purpose`.
 */
export function purposeOf(method: string, header: (name: string) => string | undefined): ClickPurpose {
  if (method === 'HEAD') return 'preview';
  if (/prefetch|prerender/i.test(header('sec-purpose') ?? '')) return 'prefetch';
  const older = [header('purpose'), header('x-purpose'), header('x-moz')];
  return older.some((value) => /prefetch|prerender|preview/i.test(value ?? '')) ? 'preview' : 'visit';
}
