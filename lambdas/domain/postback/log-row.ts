import type { ConversionSummary, LoggedReason, Result, Warning } from './verdict';

/** One row of the postback log: one request that was judged, as it came (secrets masked) and what became of it. */
export interface LogRow {
  readonly requestId: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly method: string;
  readonly path: string;
  /** The query as it came, and the body after a line break where there was one; secrets masked. */
  readonly raw: string;
  readonly integration?: string;
  readonly campaign?: string;
  readonly clickId?: string;
  readonly result: Result;
  readonly reason: LoggedReason;
  readonly httpStatus: number;
  readonly message: string;
  readonly warnings: readonly Warning[];
  /** How often it was judged: 1, and one more for each time that it came back from the RetryQueue. */
  readonly attempts: number;
  readonly ipPrefix?: string;
  readonly userAgent?: string;
  readonly clickToPostbackSeconds?: number;
  readonly conversion?: ConversionSummary;
  /** The batch that the row came in. */
  readonly batchId?: string;
  /** How many rows a batch had, in the row of the batch itself. */
  readonly rows?: number;
  /** The key that the sender identified itself with: on-call sees from it when the old one is safe to drop. */
  readonly keyId?: string;
  /** Its sender was believed by the rules of `integration` as they were then; absent where that was not so, or not asked. */
  readonly authenticated?: true;
  /** The request itself, sealed, where a replay may come to another verdict. Never shown to anybody. */
  readonly sealed?: string;
  /** The click's person asked to be forgotten: what could tell of them is gone from this row. */
  readonly erased?: true;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}
