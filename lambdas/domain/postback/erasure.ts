import type { LogRow } from './log-row';

/**
 * A row of the log without what could tell of a person: what came, who sent it, the click, the order. That there was a request, when,
 * from which integration, and what became of it, stays: counts stay right.
 */
export function erasedLogRow(row: LogRow): LogRow {
  const { requestId, receivedAt, method, path, integration, campaign, result, reason, httpStatus, attempts } = row;
  const { batchId, rows, keyId, authenticated, expiresAt } = row;
  return {
    requestId,
    receivedAt,
    method,
    path,
    raw: '',
    ...(integration !== undefined && { integration }),
    ...(campaign !== undefined && { campaign }),
    result,
    reason,
    httpStatus,
    message: 'Erased with the click that it was about.',
    warnings: [],
    attempts,
    ...(batchId !== undefined && { batchId }),
    ...(rows !== undefined && { rows }),
    ...(keyId !== undefined && { keyId }),
    ...(authenticated !== undefined && { authenticated }),
    erased: true,
    expiresAt,
  };
}
