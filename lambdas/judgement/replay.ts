import type { Deadline } from '../adapters/deadline';
import { readRequestId } from '../domain/identifiers/request-id';
import type { LogRow } from '../domain/postback/log-row';
import { openSealedRequest } from '../domain/postback/replay';
import type { LoggedReason } from '../domain/postback/verdict';
import { unmatchedMilliseconds } from '../domain/queue/backoff';
import { judge, notFound, type Judged, type Stores } from './judge';
import type { Submission } from './submission';
import { withoutLog } from './without-log';

/** What a logged request comes to when it is judged again. */
export interface Replayed {
  readonly judged: Judged;
  readonly reason: LoggedReason;
  /** Whether the verdict is another one than in the log. */
  readonly changed: boolean;
}

/**
 * Judges a logged request again: the same request, under the same ID, as of the moment when it came. What was written for it before is
 * recognised by the ID, so that a second replay changes nothing. `undefined` where the log does not hold the request any more.
 * @param dryRun writes nothing at all, and tells what would come of it
 */
export async function replay(
  row: LogRow,
  dryRun: boolean,
  stores: Stores,
  deadline: Deadline,
  now: number,
): Promise<Replayed | undefined> {
  const submission = await submissionOf(row, stores);
  if (submission === undefined) return undefined;
  let judged = await judge(submission, dryRun ? readingOnly(stores) : withoutLog(stores), deadline);
  if (judged.verdict.reason === 'PENDING_UNMATCHED') {
    // Within its hour it waits in the queue, which judges it soon enough; a replay queues nothing.
    const waits = row.result === 'queued' && now - submission.request.receivedAt < unmatchedMilliseconds;
    if (waits) return { judged, reason: row.reason, changed: false };
    judged = await notFound(submission, judged, stores);
  }
  const { result, reason } = judged.verdict;
  const changed = result !== row.result || reason !== row.reason;
  if (!dryRun && (changed || judged.row.message !== row.message)) {
    await stores.postbackLog.put(keepingWhatWasKnown(judged.row, row), deadline);
  }
  return { judged, reason, changed };
}

async function submissionOf(row: LogRow, { masterSecret }: Stores): Promise<Submission | undefined> {
  const requestId = readRequestId(row.requestId)?.requestId;
  const request = row.sealed === undefined ? undefined : openSealedRequest(row.sealed, await masterSecret.read());
  if (requestId === undefined || request === undefined) return undefined;
  const { attempts, batchId, authenticated, integration } = row;
  return {
    request: { ...request, receivedAt: Date.parse(row.receivedAt) },
    requestId,
    attempts: attempts + 1,
    ...(batchId !== undefined && { batchId }),
    ...(authenticated === true && integration !== undefined && { authenticated: integration }),
  };
}

/** The same judgement with nothing to write to: the verdict is that of the real one, to the letter. */
function readingOnly(stores: Stores): Stores {
  const { foresee } = stores.conversions;
  return { ...withoutLog(stores), conversions: { record: foresee, foresee } };
}

/** The sealed request has no address, and who was believed before does not show its key again; the row goes when it was to go. */
function keepingWhatWasKnown(replayed: LogRow, { ipPrefix, keyId, expiresAt }: LogRow): LogRow {
  return {
    ...replayed,
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(keyId !== undefined && replayed.keyId === undefined && { keyId }),
    expiresAt,
  };
}
