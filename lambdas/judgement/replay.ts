import type { Deadline } from '../adapters/deadline';
import { readRequestId } from '../domain/identifiers/request-id';
import type { LogRow } from '../domain/postback/log-row';
import { isFillable, openSealedRequest } from '../domain/postback/replay';
import type { LoggedReason } from '../domain/postback/verdict';
import { longestPatienceMilliseconds } from '../domain/queue/patience';
import type { AuthenticatedAs } from '../domain/trust/authenticated';
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
    // While it waits the queue judges it soon enough, and ends its patience; a replay queues nothing.
    const waits = row.result === 'queued' && now - submission.request.receivedAt < longestPatienceMilliseconds;
    if (waits) return { judged, reason: row.reason, changed: false };
    judged = await notFound(submission, judged, stores);
  }
  const { result, reason, conversion } = judged.verdict;
  const changed = result !== row.result || reason !== row.reason || conversion?.amount !== row.conversion?.amount;
  if (!dryRun && (changed || judged.row.message !== row.message)) {
    await stores.postbackLog.put(keepingWhatWasKnown(judged.row, row), deadline);
  }
  return { judged, reason, changed };
}

/** What was proven when the request was received stays proven; what was let pass is authenticated anew, by the rules of today. */
async function submissionOf(row: LogRow, { masterSecret }: Stores): Promise<Submission | undefined> {
  const requestId = readRequestId(row.requestId)?.requestId;
  const kept =
    row.sealed === undefined ? undefined : openSealedRequest(row.sealed, row.requestId, await masterSecret.read());
  if (requestId === undefined || kept === undefined) return undefined;
  const { attempts, batchId, row: number, part } = row;
  const authenticated = kept.authenticated ?? formerlyAuthenticated(row);
  const isProven = authenticated?.trust === 'proven';
  return {
    request: { ...kept.request, receivedAt: Date.parse(row.receivedAt) },
    requestId,
    attempts: attempts + 1,
    ...(batchId !== undefined && { batchId }),
    ...(number !== undefined && { row: number }),
    ...(part !== undefined && { part }),
    ...(isProven && {
      authenticated: isFillable(row) || row.result === 'rejected' ? underPresentVersion(authenticated) : authenticated,
    }),
    ...(isFillable(row) && row.conversion !== undefined && { recordedAs: row.conversion }),
  };
}

/** A replay reads by the mapping of today. What only waited is judged by the version that it was received under. */
function underPresentVersion({ version: _received, ...authenticated }: AuthenticatedAs): AuthenticatedAs {
  return authenticated;
}

/** Rows of the version before say that the sender was authenticated, and hold the whole request. */
function formerlyAuthenticated({
  authenticated,
  integration,
  warnings,
  requestId,
}: LogRow): AuthenticatedAs | undefined {
  if (authenticated !== true || integration === undefined) return undefined;
  if (warnings.some(({ code }) => code === 'AUTH_WOULD_REFUSE')) return undefined;
  return { integration, trust: 'proven', statement: requestId };
}

/** The same judgement with nothing to write to: the verdict is that of the real one, to the letter. */
function readingOnly(stores: Stores): Stores {
  const { conversions, clicks } = stores;
  return {
    ...withoutLog(stores),
    conversions: { ...conversions, record: conversions.foresee },
    clicks: { ...clicks, markReversalWaiting: async () => undefined },
  };
}

/** The sealed request has no address, and who was believed before does not show its key again; the row goes when it was to go. */
function keepingWhatWasKnown(replayed: LogRow, { raw, ipPrefix, keyId, expiresAt }: LogRow): LogRow {
  return {
    ...replayed,
    raw,
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(keyId !== undefined && replayed.keyId === undefined && { keyId }),
    expiresAt,
  };
}
