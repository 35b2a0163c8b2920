import { createHash } from 'node:crypto';
import { BudgetExceeded, ReadingBudget } from '../text/budget';
import { decodeText, latin1 } from '../text/bytes';
import { inflate } from '../text/inflate';
import { readMultipart } from '../text/multipart';
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

type Sent = Pick<PostbackRequest, 'rawQuery' | 'body'> & { readonly headers?: PostbackRequest['headers'] };

/**
 * Without a signature, the sender's own retry is the same query and body, by any method and path. Of a body, what every sending has of its own is
 * no part of it: how it was compressed, and the boundary of its parts.
 * @param tokens those in the body: a retry may carry the next one
 */
export function unsignedStatement({ rawQuery, body, headers = {} }: Sent, tokens: readonly string[] = []): string {
  return identity(['unsigned', rawQuery], withoutTokens(contentOf(body, headers), tokens));
}

function contentOf(body: Uint8Array, headers: PostbackRequest['headers']): Uint8Array | string {
  const isPlain = headers['content-encoding'] === undefined && body[0] !== gzipStart;
  if (isPlain && body[0] !== dash) return body;
  const budget = new ReadingBudget();
  try {
    const plain = isPlain ? body : inflate(body, headers['content-encoding'], budget);
    const parts = plain[0] === dash ? readMultipart(decodeText(plain), headers['content-type'], budget) : undefined;
    return parts === undefined ? plain : JSON.stringify(parts.map(({ name, value }) => [name, value]));
  } catch (error) {
    // A body beyond the limits of reading is rejected, so that its identity does not matter.
    if (error instanceof BudgetExceeded) return body;
    throw error;
  }
}

const gzipStart = 0x1f;
const dash = 0x2d;

function withoutTokens(content: Uint8Array | string, tokens: readonly string[]): Uint8Array | string {
  if (tokens.length === 0) return content;
  const text = typeof content === 'string' ? content : latin1(content);
  const rest = tokens.reduce((left, token) => left.replaceAll(token, ''), text);
  return rest === text ? content : rest;
}

/** 36 bits: enough to know a retry among the claims of one conversion, and too few to show what was sent. */
const forgottenLength = 6;

/** Returns the part of an identity that an erased conversion keeps. */
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
