/** Every reason with the result it belongs to and the HTTP status it is answered with. */
export const reasons = {
  OK: { result: 'recorded', httpStatus: 200 },
  OK_UPDATED: { result: 'updated', httpStatus: 200 },
  OK_DUPLICATE: { result: 'duplicate', httpStatus: 200 },
  CONFLICTING_DUPLICATE: { result: 'duplicate', httpStatus: 200 },
  OK_STALE: { result: 'duplicate', httpStatus: 200 },
  OK_IGNORED: { result: 'ignored', httpStatus: 200 },
  OK_TEST: { result: 'test', httpStatus: 200 },
  PENDING_RETRY: { result: 'queued', httpStatus: 202 },
  PENDING_UNMATCHED: { result: 'queued', httpStatus: 202 },
  PENDING_BATCH: { result: 'queued', httpStatus: 202 },
  CLICK_ID_MISSING: { result: 'rejected', httpStatus: 400 },
  CLICK_ID_MALFORMED: { result: 'rejected', httpStatus: 400 },
  MACRO_UNREPLACED: { result: 'rejected', httpStatus: 400 },
  AMOUNT_INVALID: { result: 'rejected', httpStatus: 400 },
  CURRENCY_INVALID: { result: 'rejected', httpStatus: 400 },
  STATUS_UNKNOWN: { result: 'rejected', httpStatus: 400 },
  EVENT_UNKNOWN: { result: 'rejected', httpStatus: 400 },
  PARAMETER_CONFLICT: { result: 'rejected', httpStatus: 400 },
  BODY_INVALID: { result: 'rejected', httpStatus: 400 },
  AUTH_MISSING: { result: 'rejected', httpStatus: 403 },
  AUTH_INVALID: { result: 'rejected', httpStatus: 403 },
  AUTH_STALE: { result: 'rejected', httpStatus: 403 },
  IP_NOT_ALLOWED: { result: 'rejected', httpStatus: 403 },
  CLICK_ID_FORGED: { result: 'rejected', httpStatus: 403 },
  INTEGRATION_MISMATCH: { result: 'rejected', httpStatus: 403 },
  CLICK_NOT_FOUND: { result: 'rejected', httpStatus: 404 },
  INTEGRATION_UNKNOWN: { result: 'rejected', httpStatus: 404 },
  TRANSITION_REFUSED: { result: 'rejected', httpStatus: 409 },
  REVERSAL_REFUSED: { result: 'rejected', httpStatus: 409 },
  CLICK_EXPIRED: { result: 'rejected', httpStatus: 410 },
  TOO_LARGE: { result: 'rejected', httpStatus: 413 },
  RATE_LIMITED: { result: 'rejected', httpStatus: 429 },
  SYSTEM_ERROR: { result: 'error', httpStatus: 503 },
} as const satisfies Record<string, { result: string; httpStatus: number }>;

export type Reason = keyof typeof reasons;

/** Reasons that are not given any more and that rows of the log still hold. */
export const retiredReasons = {
  TIMESTAMP_INVALID: { result: 'rejected', httpStatus: 400 },
} as const satisfies Record<string, { result: string; httpStatus: number }>;

/** Possible reasons of a log row, whichever version wrote it. */
export type LoggedReason = Reason | keyof typeof retiredReasons;

export type Result = (typeof reasons)[Reason]['result'] | 'dry_run';

/** The reasons that reject the sender, and not the content. */
export const authenticationReasons: readonly Reason[] = [
  'AUTH_MISSING',
  'AUTH_INVALID',
  'AUTH_STALE',
  'IP_NOT_ALLOWED',
  'CLICK_ID_FORGED',
  'RATE_LIMITED',
];

export const warningCodes = [
  'ALIAS_IGNORED',
  'AMOUNT_DIFFERS',
  'AMOUNT_MISSING',
  'AMOUNT_PRECISION',
  'AMOUNT_ROUNDED',
  'AMOUNT_UNREAD',
  'AUTH_WOULD_REFUSE',
  'BODY_IGNORED',
  'BROWSER_REPORTED',
  'CLICK_ID_TRIMMED',
  'CURRENCY_ASSUMED',
  'CURRENCY_IGNORED',
  'CURRENCY_MISSING',
  'KEY_RETIRING',
  'MACRO_IN_UNUSED_PARAMETER',
  'NAME_GUESSED',
  'PARTIAL_REVERSAL',
  'QUERY_REPAIRED',
  'REVERSAL_OF_ONLY_SALE',
  'REVERSAL_OF_UNKNOWN_AMOUNT',
  'REVERSAL_WITHOUT_SALE',
  'STATUS_MISSING',
  'TIMESTAMP_BEFORE_CLICK',
  'TIMESTAMP_IN_FUTURE',
  'TIMESTAMP_UNREAD',
  'TOO_FAST',
  'TRANSACTION_ID_DAMAGED',
  'USER_AGENT_MISSING',
] as const;

export type WarningCode = (typeof warningCodes)[number];

/** Something that was understood and that the sender had better change all the same. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}
