/*
 * What the test page calculates. The text of each function is sent to the browser by itself (see page.ts): it may use its
 * parameters and what every browser has, and nothing else of this file or any other.
 */

/** A URL with a parameter set and everything else in it left letter for letter as it was. */
export function withParameter(url: string, name: string, value: string): string {
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  const others = query.split('&').filter((pair) => pair !== '' && pair !== name && !pair.startsWith(`${name}=`));
  return `${address}?${[...others, `${name}=${value}`].join('&')}`;
}

/** Path and query of a URL, which are asked of the host that the page came from: for a tracker in AWS that is `tracker test-page`. */
export function requestPath(url: string): string {
  const path = url.trim().replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** The same request for a terminal. */
export function curlLine(url: string): string {
  return `curl -i '${url.trim().replaceAll("'", "'\\''")}'`;
}

/** Signs a URL as senders do: `&ts=…&kid=…&sig=…`, sig last, over what goes over the wire. */
export async function signInBrowser(url: string, keyId: string, secret: string, unixSeconds: number): Promise<string> {
  // As a browser writes it into its request: what it encodes on the way must be signed encoded.
  const { pathname, search } = new URL(url.trim(), 'https://tracker.invalid');
  const pairs = search.slice(1).split('&');
  const unsigned = pairs.filter((pair) => pair !== '' && !/^(?:ts|kid|sig)=/.test(pair));
  const signed = [...unsigned, `ts=${unixSeconds}`, `kid=${keyId}`].join('&');
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`v1.GET.${pathname}.${signed}`));
  const hex = Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${url.trim().replace(/[?#].*/s, '')}?${signed}&sig=${hex}`;
}

/** The fields of an object in an answer; none where it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A field of an answer as text: empty where it is absent, JSON where it is no plain value. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

export const pageTools = { withParameter, requestPath, curlLine, signInBrowser, fieldsOf, fieldText };

export type PageTools = typeof pageTools;
