import { hasClickIdShape } from '../click/click-id';
import type { LogRow } from './log-row';
import { replaceUnwrapped } from '../text/unwrapped';

/**
 * Returns a row of the log without personal data: its content, sender, click and order. The request, its time, its integration and its
 * result remain, so that counts stay right.
 */
export function erasedLogRow(row: LogRow): LogRow {
  const { requestId, receivedAt, method, path, integration, campaign, result, reason, httpStatus, attempts } = row;
  const { batchId, rows, keyId, authenticated, expiresAt } = row;
  return {
    requestId,
    receivedAt,
    method,
    path: withoutClickIds(path),
    raw: '',
    ...(integration !== undefined && { integration: withoutClickIds(integration) }),
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

/** A path may carry the click ID as one of its segments, also where an integration is named. */
function withoutClickIds(path: string): string {
  return replaceUnwrapped(path, /[0-9a-z]{32}/gi, /[0-9a-z]{32}/i, ([text = '']) =>
    hasClickIdShape(text) ? '***' : text,
  );
}
