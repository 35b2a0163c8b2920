import { reasons, warningCodes } from '../../../lambdas/domain/values/reasons';
import type { Query } from '../../../operator/api/admin-api';
import { usageFailure } from '../../../operator/failure';

/** Converts the options to filters of rows, under the API's names. */
export interface LogOptions {
  readonly integration?: string | undefined;
  readonly campaign?: string | undefined;
  readonly click?: string | undefined;
  readonly result?: string | undefined;
  readonly reason?: string | undefined;
  readonly warning?: string | undefined;
  readonly transaction?: string | undefined;
  readonly batch?: string | undefined;
  readonly key?: string | undefined;
}

const results: readonly string[] = [...new Set(Object.values(reasons).map(({ result }) => result)), 'dry_run'];

/** Validates words before the log is read: `--result rejected` fails without a request. */
export function logQuery({ click, result, reason, warning, transaction, batch, key, ...same }: LogOptions): Query {
  return {
    ...same,
    clickId: click,
    transactionId: transaction,
    batchId: batch,
    keyId: key,
    result: result === undefined ? undefined : oneOf('--result', result.toLowerCase(), results),
    reason: reason === undefined ? undefined : oneOf('--reason', reason.toUpperCase(), Object.keys(reasons)),
    warning: warning === undefined ? undefined : oneOf('--warning', warning.toUpperCase(), warningCodes),
  };
}

function oneOf(option: string, word: string, words: readonly string[]): string {
  if (words.includes(word)) return word;
  throw usageFailure(`${option} has no "${word}".`, `There are ${words.join(', ')}.`);
}
