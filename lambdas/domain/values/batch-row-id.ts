import { createHash } from 'node:crypto';
import { mintRequestId, readRequestId, type RequestId } from './request-id';

/** The request ID of a row of a batch: known from the batch's ID and the row's number (from 1), so that a batch is found again by its ID. */
export function batchRowId(batchId: RequestId, row: number): RequestId {
  const { receivedAt } = readRequestId(batchId) ?? { receivedAt: 0 };
  return mintRequestId(receivedAt, createHash('sha256').update(`${batchId}#${row}`).digest());
}
