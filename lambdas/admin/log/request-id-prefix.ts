import * as v from 'valibot';
import { readRequestId } from '../../domain/values/request-id';
import type { Period } from '../http/query-parameters';

const length = 24;
/** Fewer letters would leave more than four days to look through. */
const leastLetters = 4;

/** A request ID, or how one begins, in any case. */
export const requestIdPrefix = v.pipe(
  v.string(),
  v.regex(
    new RegExp(`^[0-9A-TV-Za-tv-z]{${leastLetters},${length}}$`),
    `must be ${leastLetters} to ${length} letters and digits of a request ID, from its first`,
  ),
);

/** The beginning as rows have it, and when a request that begins so can have come: its first letters are the time of receipt. */
export function periodOfPrefix(text: string): { readonly prefix: string; readonly period: Period } {
  const first = readRequestId(text.padEnd(length, '0'));
  const last = readRequestId(text.padEnd(length, 'z'));
  if (first === undefined || last === undefined) throw new Error(`${text} begins no request ID`);
  return {
    prefix: first.requestId.slice(0, text.length),
    period: { since: first.receivedAt, until: last.receivedAt },
  };
}
