import { splitPairs } from '../../lambdas/domain/text/query';
import type { LogRow } from '../answers';

/** Placeholder for a value that the log masks. */
export const masked = '***';

/** A request as the log shows it: secrets and strangers' values masked. */
export interface LoggedRequest {
  readonly query: string;
  /** Empty if the request had none. */
  readonly body: string;
  /** Whether the log cut the request at its maximum length. */
  readonly cut: boolean;
}

export function loggedRequest({ raw }: Pick<LogRow, 'raw'>): LoggedRequest {
  const cut = raw.endsWith('…');
  const text = cut ? raw.slice(0, -1) : raw;
  const at = text.indexOf('\n');
  return at < 0 ? { query: text, body: '', cut } : { query: text.slice(0, at), body: text.slice(at + 1), cut };
}

/** Parameters of the query, decoded, in the order in which they came. */
export function queryFields(query: string): readonly (readonly [name: string, value: string])[] {
  return splitPairs(query, 'query').map(({ name, value }) => [name, value] as const);
}
