/**
 * Whether a request was made ahead of a visitor: it is redirected and not recorded. A browser that prefetches says so in
 * `Sec-Purpose` (Fetch standard), `Purpose` (older Chrome, Safari) or `X-Moz` (older Firefox).
 */
export function isAheadOfVisitor(method: string, header: (name: string) => string | undefined): boolean {
  return (
    method === 'HEAD' ||
    /prefetch|prerender/i.test(header('sec-purpose') ?? '') ||
    /prefetch|prerender|preview/i.test(header('purpose') ?? '') ||
    /prefetch/i.test(header('x-moz') ?? '')
  );
}
