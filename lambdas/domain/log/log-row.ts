import type { ConversionSummary } from '../verdict/verdict';
import type { LoggedReason, Result, Warning } from '../values/reasons';

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
  /** Number of judgements: 1, and one more for each return from the RetryQueue. */
  readonly attempts: number;
  readonly ipPrefix?: string;
  readonly userAgent?: string;
  readonly clickToPostbackSeconds?: number;
  readonly conversion?: ConversionSummary;
  /** The batch that the row came in. */
  readonly batchId?: string;
  /** Number of rows of a batch, in the row of the batch itself. */
  readonly rows?: number;
  /** Rows of the batch that the queue did not accept, in the row of the batch itself. */
  readonly notTaken?: readonly number[];
  /** Its number in its batch, from 1. */
  readonly row?: number;
  /** Number of this conversion among several that the request lists, from 2; absent for the first. */
  readonly part?: number;
  /** The key that the sender identified itself with: on-call sees from it when the old one is safe to drop. */
  readonly keyId?: string;
  /** Its sender proved to be `integration`, by the rules of the time. */
  readonly authenticated?: true;
  /** Its sender proved nothing, and the rules of the time let it pass. */
  readonly letPass?: true;
  /** A visitor's browser reported it; or a server confirmed what only a browser had reported before. */
  readonly browser?: 'reported' | 'confirmed';
  /** The request itself, sealed, where a replay may come to another verdict. Never shown to anybody. */
  readonly sealed?: string;
  /** The visitor's data was erased from this row. */
  readonly erased?: true;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}
