import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Node looks at bytes as a key for six times as long as the HMAC itself takes: each secret is made a key once. */
const keys = new WeakMap<Uint8Array, KeyObject>();

/** HMAC-SHA-256 of the parts as one text. A secret must not change after it was first used. */
export function hmacOf(secret: Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  let key = keys.get(secret);
  if (key === undefined) keys.set(secret, (key = createSecretKey(secret)));
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}
