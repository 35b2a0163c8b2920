import type { Target } from './target';

/** A request of a visitor's browser to the tracker where no server reports for it. */
export type VisitorRoute =
  /** `/r/{integration}`: reports, and sends the visitor on. */
  | { readonly kind: 'redirect'; readonly integration: string }
  /** `/p/{integration}.gif`: reports, and shows nothing. */
  | { readonly kind: 'pixel'; readonly integration: string }
  | { readonly kind: 'unknown' };

export function routeVisitor({ segments }: Target): VisitorRoute {
  const [first, second = ''] = segments;
  if (segments.length !== 2) return { kind: 'unknown' };
  switch (first?.toLowerCase()) {
    case 'r':
      return { kind: 'redirect', integration: second };
    case 'p':
      return { kind: 'pixel', integration: second.replace(/\.gif$/i, '') };
    default:
      return { kind: 'unknown' };
  }
}
