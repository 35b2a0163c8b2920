/** The key of an integration's signatures as its credentials show it: `whsec_` and base64. */
export interface SigningKey {
  readonly kid: string;
  readonly secret: string;
}

/**
 * Signs a GET as senders do: `&ts=…&kid=…&sig=…`, `sig` last, HMAC-SHA-256 over `v1.GET.{path}.{query before &sig=}`.
 * See docs/signing.md.
 */
export async function signedUrl(address: string, { kid, secret }: SigningKey, unixSeconds: number): Promise<string> {
  // Signs the encoded form, as it is sent.
  const url = new URL(address);
  const query = `${url.search.slice(1)}&ts=${unixSeconds}&kid=${kid}`.replace(/^&/, '');
  const signature = await hmac(secret, `v1.GET.${url.pathname}.${query}`);
  const digits = Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${url.origin}${url.pathname}?${query}&sig=${digits}`;
}

/** Signs a body as senders do: the headers of Standard Webhooks. See docs/signing.md. */
export async function webhookHeaders(
  body: string,
  { secret }: SigningKey,
  unixSeconds: number,
): Promise<Readonly<Record<string, string>>> {
  const id = `msg_${crypto.randomUUID()}`;
  const signature = btoa(String.fromCharCode(...(await hmac(secret, `${id}.${unixSeconds}.${body}`))));
  return { 'webhook-id': id, 'webhook-timestamp': String(unixSeconds), 'webhook-signature': `v1,${signature}` };
}

const algorithm = { name: 'HMAC', hash: 'SHA-256' };

async function hmac(secret: string, text: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(text)));
}
