import type { PageRequest } from './page-document';

/** As much of a browser's window as a session takes. */
export interface PageWindow {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { readonly state: unknown; replaceState(state: unknown, title: string, url: string): void };
  fetch(path: string, options: RequestInit): Promise<Response>;
}

/**
 * How the page asks. Where `tracker test-page` serves it, each request shows the secret that came in the fragment of the address, which
 * then goes from there: no bookmark and no screenshot holds it. Its text is sent to the browser by itself, as the tools' is.
 */
export function sessionRequest(page: PageWindow): PageRequest {
  const { location, history } = page;
  const [, shown] = /^#s=([0-9a-f]+)$/.exec(location.hash) ?? [];
  // The state of the history outlives a reload, and ends with the tab.
  if (shown !== undefined) history.replaceState(shown, '', location.pathname + location.search);
  const secret = shown ?? (typeof history.state === 'string' ? history.state : undefined);
  return (path, options = {}) => {
    const headers = new Headers(options.headers);
    if (secret !== undefined) headers.set('x-tracker-session', secret);
    return page.fetch(path, { ...options, headers });
  };
}
