import type { Deadline } from '../adapters/deadline';
import { readRequestId } from '../domain/values/request-id';
import type { LogRow } from '../domain/log/log-row';
import { repeatOf, type Conversion, type HistoryEntry } from '../domain/conversion/conversion';
import { maskMailAndKeys } from '../domain/log/masking';
import { fillableWarnings, isFillable } from '../domain/verdict/replay';
import { openSealedRequest } from '../domain/log/sealed-request';
import type { LoggedReason } from '../domain/values/reasons';
import { longestPatienceMilliseconds } from '../domain/queue/patience';
import type { AuthenticatedAs } from '../domain/trust/authenticated';
import { judge, settleNotFound, type Judged, type JudgementStores } from './judge';
import type { ReplayLedger } from './replay-ledger';
import type { Submission } from './submission';
import { withoutLog } from './without-log';

/** The result of judging a logged request again. */
export interface Replayed {
  readonly judged: Judged;
  readonly reason: LoggedReason;
  /** Whether the verdict is another one than in the log, or what was missing was read. */
  readonly changed: boolean;
  /** Whether the postback was recorded before: a replay may fill in missing values, and does not count it a second time. */
  readonly recordedBefore: boolean;
}

/** The common parts of the replays of one call. */
export interface ReplayRun {
  /** Writes nothing at all, and returns what would come of it. */
  readonly dryRun: boolean;
  readonly stores: JudgementStores;
  readonly ledger: ReplayLedger;
  readonly deadline: Deadline;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Judges a logged request again: the same request, under the same ID, as of its receipt. The ID identifies rows written for it before, so
 * that a second replay changes nothing. `undefined` where the log does not hold the request any more.
 */
export async function replay(row: LogRow, run: ReplayRun): Promise<Replayed | undefined> {
  const { dryRun, stores, deadline, now } = run;
  const submission = await submissionOf(row, run);
  if (submission === undefined) return undefined;
  const recordedBefore = isFillable(row);
  let judged = await judge(submission, storesOf(submission, run), deadline);
  if (judged.verdict.reason === 'PENDING_UNMATCHED') {
    // While it waits the queue judges it soon enough, and ends its patience; a replay queues nothing.
    const waits = row.result === 'queued' && now - submission.request.receivedAt < longestPatienceMilliseconds;
    if (waits) return { judged, reason: row.reason, changed: false, recordedBefore };
    judged = await settleNotFound(submission, judged, stores);
  }
  const { result, reason } = judged.verdict;
  const changed = recordedBefore ? isFilled(row, judged) : result !== row.result || reason !== row.reason;
  if (!dryRun && (changed || (!recordedBefore && judged.row.message !== row.message))) {
    await stores.postbackLog.put(keepingWhatWasKnown(judged.row, row), deadline);
  }
  return { judged, reason, changed, recordedBefore };
}

/** Whether a value was read that the row reports as missing. Changes by others since then are not of this replay. */
function isFilled(row: LogRow, { verdict, facts }: Judged): boolean {
  const missing = [...verdict.warnings, ...(facts.reading?.warnings ?? [])].map(({ code }) => code);
  return (
    verdict.conversion !== undefined &&
    verdict.result !== 'rejected' &&
    row.warnings.some(({ code }) => fillableWarnings.some((known) => known === code) && !missing.includes(code))
  );
}

/**
 * A proof at receipt remains valid, and a browser's report remains a report; a request that was let pass is authenticated again, by today's
 * rules.
 */
async function submissionOf(row: LogRow, run: ReplayRun): Promise<Submission | undefined> {
  const requestId = readRequestId(row.requestId)?.requestId;
  const { masterSecret } = run.stores;
  const kept =
    row.sealed === undefined ? undefined : openSealedRequest(row.sealed, row.requestId, await masterSecret.read());
  if (requestId === undefined || kept === undefined) return undefined;
  const { attempts, batchId, row: number, part } = row;
  const authenticated = kept.authenticated ?? formerlyAuthenticated(row);
  const isAuthenticated = authenticated !== undefined && authenticated.trust !== 'let-pass';
  const recordedAs = isFillable(row) ? await keyOf(row, authenticated?.statement, run) : undefined;
  if (isFillable(row) && recordedAs === undefined) return undefined;
  return {
    request: { ...kept.request, receivedAt: Date.parse(row.receivedAt) },
    requestId,
    attempts: attempts + 1,
    ...(batchId !== undefined && { batchId }),
    ...(number !== undefined && { row: number }),
    ...(part !== undefined && { part }),
    ...(isAuthenticated && {
      authenticated: isFillable(row) || row.result === 'rejected' ? underPresentVersion(authenticated) : authenticated,
    }),
    ...(recordedAs !== undefined && { recordedAs }),
  };
}

/**
 * The key that a row was recorded under: that of the conversion which holds its claim, else the one that the row shows. A row shows mail
 * addresses masked, so where several conversions look like it none is taken.
 */
async function keyOf(
  row: LogRow,
  statement: string | undefined,
  { ledger, deadline }: ReplayRun,
): Promise<Submission['recordedAs']> {
  const { conversion: shown, requestId } = row;
  if (shown === undefined) return undefined;
  const conversions = (await ledger.ofClick(shown.clickId, deadline)).filter(({ metBy }) => metBy === undefined);
  const looksLike = ({ event, transactionId, test, conversionKey }: Conversion): boolean =>
    maskMailAndKeys(event) === shown.event &&
    maskMailAndKeys(transactionId ?? '') === (shown.transactionId ?? '') &&
    test === (row.result === 'test') &&
    repeatOf(conversionKey) === undefined;
  const holding = (of: (entry: HistoryEntry) => boolean): Conversion | undefined =>
    conversions.find(({ history }) => history.some(of));
  const found =
    holding((entry) => entry.requestId === requestId) ??
    (statement === undefined ? undefined : holding((entry) => entry.statement === statement)) ??
    onlyOne(conversions.filter(looksLike));
  if (found === undefined) return undefined;
  const { event, transactionId, conversionKey } = found;
  const repeat = repeatOf(conversionKey);
  return {
    event,
    ...(transactionId !== undefined && { transactionId }),
    ...(repeat !== undefined && { repeatOf: repeat }),
  };
}

function onlyOne(conversions: readonly Conversion[]): Conversion | undefined {
  return conversions.length === 1 ? conversions[0] : undefined;
}

/** A replay reads by the mapping of today. A postback that only waited is judged by the version that it was received under. */
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

/** Returns the stores of one replay. A postback that is recorded already creates nothing, and a dry run has nothing to write to. */
function storesOf({ recordedAs }: Submission, { dryRun, stores, ledger }: ReplayRun): JudgementStores {
  const { conversions } = ledger;
  return {
    ...withoutLog(stores),
    conversions: {
      ...conversions,
      record: (subject, claim, rules, deadline) =>
        conversions.record(
          subject,
          claim,
          { ...rules, mayCreate: rules.mayCreate && recordedAs === undefined },
          deadline,
        ),
    },
    ...(dryRun && { reversalMarks: { mark: async () => undefined } }),
  };
}

/** The sealed request has no address, and an authenticated sender does not show its key again; the row expires at its original time. */
function keepingWhatWasKnown(replayed: LogRow, { raw, ipPrefix, keyId, expiresAt }: LogRow): LogRow {
  return {
    ...replayed,
    raw,
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(keyId !== undefined && replayed.keyId === undefined && { keyId }),
    expiresAt,
  };
}
