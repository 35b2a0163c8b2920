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

/** A webhook is its name and its body. The time is omitted: a retry is signed again, under the same name. */
export function webhookStatement(id: string, body: Uint8Array): string {
  return identity(['webhook', id], body);
}

/** Without a signature, the sender's own retry is the same query and body byte for byte, by any method and path. */
export function unsignedStatement({ rawQuery, body }: Pick<PostbackRequest, 'rawQuery' | 'body'>): string {
  return identity(['unsigned', rawQuery], body);
}

/** 36 bits: enough to know a retry among the claims of one conversion, and too few to show what was sent. */
const forgottenLength = 6;

/** What an erased conversion keeps of an identity. */
export function forgetStatement(statement: string): string {
  if (statement === '' || isForgotten(statement)) return statement;
  return `~${createHash('sha256').update(statement).digest('base64url').slice(0, forgottenLength)}`;
}

export const isForgotten = (statement: string): boolean => statement.startsWith('~');

/** Whether two identities are of one statement; one of them may be what an erasure left. */
export function isSameText(left: string, right: string): boolean {
  if (left === '' || right === '') return false;
  if (isForgotten(left) === isForgotten(right)) return left === right;
  return forgetStatement(left) === forgetStatement(right);
}
