/** Headers by their names in lower case, each with all its values: `headersDistinct` of a request of Node's. */
export type DistinctHeaders = Readonly<NodeJS.Dict<readonly string[]>>;

const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

export type Wanted = 'call' | 'page';

/** The body of the 403 that a foreign caller gets. */
export interface ForeignAnswer {
  readonly error: 'CALLER_FOREIGN';
  /** The problem, and the next step. */
  readonly message: string;
}

/** Headers that proxies and tunnels add. Some of them replace the host name, so that it proves nothing behind them. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host'];

/** A page of this origin, and a person who types the address. Another port is `same-site`: another program's page. */
const ownSites = ['same-origin', 'none'];

/**
 * The answer to a request that is not from a program or a page of this machine; `undefined` where it is. A web page can make a browser send
 * requests to loopback, also under a host name of its own (DNS rebinding); it can change neither that name nor `Origin`.
 * @param port the one that the server listens on
 * @param wanted a page that holds no secret may be linked to from anywhere, so that a ticket can lead to it
 */
export function foreignCaller(
  headers: DistinctHeaders,
  port: number,
  wanted: Wanted = 'call',
): ForeignAnswer | undefined {
  const message = problemOf(headers, port, wanted);
  return message === undefined ? undefined : { error: 'CALLER_FOREIGN', message };
}

function problemOf(headers: DistinctHeaders, port: number, wanted: Wanted): string | undefined {
  const here = `http://127.0.0.1:${port}`;
  const [host = '', secondHost] = valuesOf(headers, 'host');
  if (secondHost !== undefined || !isOwnHost(host, port)) {
    return `This API answers only under the names of this machine. Call ${here} instead.`;
  }
  if (proxyHeaders.some((name) => valuesOf(headers, name).length > 0)) {
    return `The request came through a proxy or a tunnel. Call ${here} on the machine itself.`;
  }
  const isOwnOrigin = valuesOf(headers, 'origin').every((origin) => origin === `http://${host}`);
  if (wanted === 'page' && isOwnOrigin && isLinkFollowed(headers)) return undefined;
  if (!isOwnOrigin || !valuesOf(headers, 'sec-fetch-site').every((site) => ownSites.includes(site))) {
    return `A web page of another origin sent this request. Open ${here} directly, or call it from a program.`;
  }
  return undefined;
}

/** A person opened the address in a new tab: no page of another origin sees the answer. */
function isLinkFollowed(headers: DistinctHeaders): boolean {
  const [mode] = valuesOf(headers, 'sec-fetch-mode');
  const [destination] = valuesOf(headers, 'sec-fetch-dest');
  return mode === 'navigate' && destination === 'document';
}

function isOwnHost(host: string, port: number): boolean {
  return ownNames.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}

function valuesOf(headers: DistinctHeaders, name: string): readonly string[] {
  return (headers[name] ?? []).map((value) => value.toLowerCase());
}
