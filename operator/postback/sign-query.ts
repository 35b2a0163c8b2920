import { createHmac } from 'node:crypto';

/** The key of an integration's signatures as its credentials show it: `whsec_` and base64. */
export interface SigningKey {
  readonly kid: string;
  readonly secret: string;
}

/**
 * Signs a GET as senders do: `&ts=…&kid=…&sig=…`, `sig` last, HMAC-SHA-256 over `v1.GET.{path}.{query before &sig=}`.
 * See docs/signing.md.
 */
export function signedUrl(address: string, { kid, secret }: SigningKey, unixSeconds: number): string {
  // As it goes over the wire: what is encoded on the way is signed encoded.
  const url = new URL(address);
  const query = `${url.search.slice(1)}&ts=${unixSeconds}&kid=${kid}`.replace(/^&/, '');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`v1.GET.${url.pathname}.${query}`).digest('hex');
  return `${url.origin}${url.pathname}?${query}&sig=${signature}`;
}
