import * as v from 'valibot';
import type { LogRow } from '../../domain/log/log-row';
import { field, type Shown } from '../http/answer-schema';

/** The conversion as a verdict, a log row and a batch show it. */
export const conversionSummary = v.strictObject({
  clickId: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  status: field.status,
  amount: v.optional(field.amount),
  currency: v.optional(v.string()),
  version: field.count,
});

/** A row of the log as the API shows it. */
export const postbackAnswer = v.strictObject({
  requestId: v.string(),
  receivedAt: field.time,
  method: v.string(),
  path: v.string(),
  raw: v.pipe(
    v.string(),
    v.description('The query as it came, and the body after a line break where there was one; secrets masked'),
  ),
  integration: v.optional(v.string()),
  campaign: v.optional(v.string()),
  clickId: v.optional(v.string()),
  result: field.result,
  reason: field.loggedReason,
  httpStatus: field.count,
  message: v.string(),
  warnings: field.warnings,
  attempts: field.count,
  ipPrefix: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  clickToPostbackSeconds: v.optional(v.number()),
  conversion: v.optional(conversionSummary),
  batchId: v.optional(v.string()),
  rows: v.optional(v.pipe(field.count, v.description('How many rows a batch had, in the row of the batch itself'))),
  keyId: v.optional(v.pipe(v.string(), v.description('The key that the sender identified itself with'))),
  notTaken: v.optional(
    v.pipe(v.array(field.count), v.description('Rows that the queue did not take, in the row of the batch itself')),
  ),
  part: v.optional(v.pipe(field.count, v.description('Which of several conversions that the request lists'))),
  row: v.optional(v.pipe(field.count, v.description('The number of the row in its batch, from 1'))),
  authenticated: v.optional(v.pipe(v.literal(true), v.description('The sender proved to be the integration'))),
  letPass: v.optional(
    v.pipe(v.literal(true), v.description('The sender proved nothing, and the integration let it pass')),
  ),
  browser: v.optional(
    v.pipe(
      v.picklist(['reported', 'confirmed']),
      v.description('A browser reported it; or a server confirmed what only a browser had reported'),
    ),
  ),
  erased: v.optional(v.pipe(v.literal(true), v.description('Its click was erased, with all personal data'))),
});

/** A row as it is kept, but for the sealed request, which is for a replay and nobody's eyes, and the time when the table drops it. */
export function postbackView({ sealed: _unseen, expiresAt: _internal, ...row }: LogRow): Shown<typeof postbackAnswer> {
  return row;
}
