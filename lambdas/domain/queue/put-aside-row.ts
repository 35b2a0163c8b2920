import { readRequestId } from '../values/request-id';
import type { LogRow } from '../log/log-row';
import { reasons } from '../values/reasons';
import { describeMessage } from './described-message';

const daySeconds = 24 * 60 * 60;

/**
 * The log row of a postback that was put aside, from what its message shows: the message may be what nobody can open. `undefined` where
 * the message is of no postback. The request itself lies among the dead letters and is not copied here.
 */
export function putAsideRow(body: string, attempts: number, retentionDays: number): LogRow | undefined {
  const { kind, requestId = '', method = 'GET', path = '', integration, batchId } = describeMessage(body);
  const read = readRequestId(requestId);
  if (kind !== 'postback' || read === undefined) return undefined;
  return {
    requestId: read.requestId,
    receivedAt: new Date(read.receivedAt).toISOString(),
    method,
    path,
    raw: '',
    ...(integration !== undefined && { integration }),
    result: reasons.SYSTEM_ERROR.result,
    reason: 'SYSTEM_ERROR',
    httpStatus: reasons.SYSTEM_ERROR.httpStatus,
    message:
      'Not judged: it was put aside and lies in the dead letter queue. An operator can send it again from there.',
    warnings: [],
    attempts,
    ...(batchId !== undefined && { batchId }),
    expiresAt: Math.floor(read.receivedAt / 1000) + retentionDays * daySeconds,
  };
}
