import { createHash } from 'node:crypto';
import type { PostbackRequest } from '../text/postback-request';

/**
 * The identity of what a sender stated: 22 characters of base64url, 132 bits of a SHA-256. Two requests with one identity are one statement
 * that was sent twice, and count once. The kinds are hashed apart, so that no text of one can pass for another.
 */
function identity(kind: readonly string[], content: string | Uint8Array): string {
  return createHash('sha256')
    .update(`${JSON.stringify(kind)}\n`)
    .update(content)
    .digest('base64url')
    .slice(0, 22);
}

/** A signed query is what was signed: time, method and path included, and never the spelling of the signature. */
export function queryStatement(signedText: string): string {
  return identity(['query'], signedText);
}

/** A webhook is its name and its body. The time is left out: a retry is signed anew, under the same name. */
export function webhookStatement(id: string, body: Uint8Array): string {
  return identity(['webhook', id], body);
}

/** Without a signature, the sender's own retry is the same query and body byte for byte, by whatever method and path they came. */
export function unsignedStatement({ rawQuery, body }: Pick<PostbackRequest, 'rawQuery' | 'body'>): string {
  return identity(['unsigned', rawQuery], body);
}
