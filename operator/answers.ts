import * as v from 'valibot';
import { reasons, type Reason } from '../lambdas/domain/values/reasons';

const warning = v.looseObject({ code: v.string(), message: v.string() });

const conversionSummary = v.looseObject({
  clickId: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  status: v.string(),
  amount: v.optional(v.string()),
  currency: v.optional(v.string()),
  version: v.number(),
});

/** A row of the postback log, as `GET /postbacks` shows it. */
export const logRow = v.looseObject({
  requestId: v.string(),
  receivedAt: v.string(),
  method: v.string(),
  path: v.string(),
  /** The query as received, and the body after a line break; secrets masked. */
  raw: v.string(),
  integration: v.optional(v.string()),
  campaign: v.optional(v.string()),
  clickId: v.optional(v.string()),
  result: v.string(),
  reason: v.string(),
  httpStatus: v.number(),
  message: v.string(),
  warnings: v.optional(v.array(warning), []),
  attempts: v.number(),
  ipPrefix: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  clickToPostbackSeconds: v.optional(v.number()),
  conversion: v.optional(conversionSummary),
  batchId: v.optional(v.string()),
  rows: v.optional(v.number()),
  keyId: v.optional(v.string()),
  authenticated: v.optional(v.boolean()),
  letPass: v.optional(v.boolean()),
  /** `reported` or `confirmed`. */
  browser: v.optional(v.string()),
  erased: v.optional(v.boolean()),
});

export type LogRow = v.InferOutput<typeof logRow>;

/** A conversion, as `GET /conversions` shows it. */
export const conversion = v.looseObject({
  clickId: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  campaign: v.string(),
  integration: v.string(),
  source: v.optional(v.string()),
  status: v.string(),
  amount: v.optional(v.string()),
  currency: v.optional(v.string()),
  test: v.boolean(),
  repeated: v.optional(v.boolean(), false),
  version: v.number(),
  recordedAt: v.string(),
  changedAt: v.string(),
  history: v.array(
    v.looseObject({
      requestId: v.string(),
      eventTime: v.string(),
      receivedAt: v.string(),
      status: v.optional(v.string()),
      amount: v.optional(v.string()),
      reason: v.string(),
      deltas: v.record(v.string(), v.string()),
    }),
  ),
});

export type Conversion = v.InferOutput<typeof conversion>;

/** The response to a sender; a dry run has `fields`. */
export const verdict = v.looseObject({
  result: v.string(),
  reason: v.string(),
  message: v.string(),
  requestId: v.string(),
  conversion: v.optional(conversionSummary),
  warnings: v.optional(v.array(warning), []),
  fields: v.optional(
    v.array(
      v.looseObject({
        field: v.string(),
        parameter: v.optional(v.string()),
        sent: v.optional(v.string()),
        readAs: v.optional(v.string()),
        assumed: v.optional(v.boolean()),
      }),
    ),
  ),
});

export type Verdict = v.InferOutput<typeof verdict>;

export const testClick = v.looseObject({
  clickId: v.string(),
  campaign: v.string(),
  integration: v.string(),
  offer: v.string(),
  landingPage: v.string(),
  postbackUrl: v.string(),
});

export const deadLetter = v.looseObject({
  messageId: v.string(),
  kind: v.string(),
  reason: v.string(),
  problem: v.optional(v.string()),
  requestId: v.optional(v.string()),
  firstFailedAt: v.string(),
  ageSeconds: v.number(),
  receiveCount: v.number(),
  raw: v.optional(v.string()),
  receivedAt: v.optional(v.string()),
  // Present in the response for a single letter.
  method: v.optional(v.string()),
  path: v.optional(v.string()),
  integration: v.optional(v.string()),
  batchId: v.optional(v.string()),
});

export type DeadLetter = v.InferOutput<typeof deadLetter>;

/** A queue has no pages: `more` is set if it holds, or may hold, further items. */
export const deadLetters = v.looseObject({ items: v.array(deadLetter), more: v.boolean() });

/** Returns the reason of a verdict if this version of the command knows it. */
export function knownReason(text: string): Reason | undefined {
  return isReason(text) ? text : undefined;
}

function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

/** Whether a postback with this reason counts, waits, or would count outside a dry run. */
export function isTaken(reason: string): boolean {
  const known = knownReason(reason);
  return known !== undefined && reasons[known].httpStatus < 300;
}
