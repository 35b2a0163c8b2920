import type { Target } from './target';

/** The address of the script. The content of a path never changes: pages hold its hash, and browsers keep it for a year. */
export const scriptPath = '/s/1/t.js';

/** The click function's action on a request. */
export type ClickRoute =
  | { readonly kind: 'visit' }
  /** `POST /t/{campaign}`: a click that a script on the landing page records. */
  | { readonly kind: 'script click'; readonly campaign: string }
  | { readonly kind: 'script' };

export function routeClick({ segments }: Target): ClickRoute {
  const [first, second] = segments;
  if (`/${segments.join('/')}` === scriptPath) return { kind: 'script' };
  if (segments.length === 2 && first?.toLowerCase() === 't' && second !== undefined) {
    return { kind: 'script click', campaign: second };
  }
  return { kind: 'visit' };
}
