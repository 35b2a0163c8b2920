import type { Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import { awaitsSale } from '../domain/conversion/reversal';
import { carriedTime } from '../domain/click/click-id';
import { secondLookSeconds, unmatchedSeconds } from '../domain/queue/backoff';
import { writePostbackMessage, type QueuedPostback } from '../domain/queue/message';
import { patienceEndsAt } from '../domain/queue/patience';
import { countsOf, countsOfReceived, warningsField } from '../judgement/counts';
import { judge, settleNotFound, type Judged, type JudgementStores } from '../judgement/judge';
import { noteKeyUse } from '../judgement/note-key-use';
import type { Submission } from '../judgement/submission';
import type { AuthenticatedAs } from '../domain/trust/authenticated';
import { withoutLog } from '../judgement/without-log';
import type { DueMessages, SettlementReport, MessageSettlement } from './delivery';

/** The means to settle a postback. */
export interface Surroundings {
  readonly deliveries: number;
  readonly stores: JudgementStores;
  readonly due: DueMessages;
  readonly deadline: Deadline;
  readonly clock: () => number;
}

/** Due messages above which the queue is behind: a click may be among them, and was not tried for longer than its pauses say. */
const behind = 1000;

/** Judges a postback again. An unmatched one waits for its click, and for longer where storage was in trouble meanwhile. */
export async function settlePostback(queued: QueuedPostback, around: Surroundings): Promise<MessageSettlement> {
  const { stores, deadline, deliveries } = around;
  const submission = submissionOf(queued, deliveries);
  let judged: Judged;
  try {
    judged = await judge(submission, withoutLog(stores), deadline);
  } catch (error) {
    const unmatchedSince = firstAnswer(queued);
    if (unmatchedSince === undefined || queued.troubled === true) throw error;
    logTrouble('storage is in trouble while a postback waits for its click', error, { requestId: queued.requestId });
    return sendAgain({ ...queued, unmatchedSince, troubled: true, judgedBefore: submission.attempts }, around);
  }
  // A dry run of an unmatched postback is answered as such, and waits for nothing.
  if (judged.verdict.result === 'queued') {
    const settlement = await whileUnmatched(queued, submission, judged, around);
    if (settlement !== undefined) return settlement;
    judged = await settleNotFound(submission, judged, stores);
  }
  await stores.postbackLog.put(judged.row, deadline);
  await noteKeyUse(submission, judged.facts, stores.keyUse, deadline);
  const { verdict, facts } = judged;
  // An acknowledged request counts as a postback, even where its sender was never authenticated.
  const trust = facts.trust === 'none' ? 'let-pass' : facts.trust;
  const isCounted = queued.secondLook === true;
  const report: SettlementReport = {
    counts: isCounted ? {} : (isOfBatch(queued) ? countsOfReceived : countsOf)(verdict, trust),
    fields: {
      kind: 'postback',
      requestId: queued.requestId,
      result: verdict.result,
      reason: verdict.reason,
      integration: facts.integrationId,
      campaign: facts.campaignId,
      warnings: warningsField(verdict, trust),
      deliveries,
    },
  };
  if (isCounted || verdict.result === 'dry_run' || !verdict.warnings.some(({ code }) => awaitsSale(code))) {
    return { action: 'done', ...report };
  }
  const next: QueuedPostback = { ...queued, secondLook: true, judgedBefore: submission.attempts };
  return { ...(await sendAgain(next, around, secondLookSeconds)), report };
}

function isOfBatch({ batchId }: QueuedPostback): boolean {
  return batchId !== undefined;
}

function submissionOf(queued: QueuedPostback, deliveries: number): Submission {
  const { request, requestId, batchId, row, part } = queued;
  const authenticated = queued.authenticated ?? formerlyAuthenticated(queued);
  return {
    request,
    requestId,
    // A row of a batch was never judged before it came here; everything else was, once.
    attempts: (queued.judgedBefore ?? (isOfBatch(queued) ? 0 : 1)) + deliveries,
    ...(batchId !== undefined && { batchId }),
    ...(row !== undefined && { row }),
    ...(part !== undefined && { part }),
    ...(authenticated !== undefined && { authenticated }),
  };
}

/** Batches of the version before carry no trust: that they were queued says that their sender was authenticated. */
function formerlyAuthenticated({ reason, request, requestId }: QueuedPostback): AuthenticatedAs | undefined {
  const { integration } = request;
  if (reason !== 'PENDING_BATCH' || integration === undefined) return undefined;
  return { integration, trust: 'proven', statement: requestId };
}

/** Returns the next step of a postback without its click; `undefined` where its patience is over. */
async function whileUnmatched(
  queued: QueuedPostback,
  { attempts }: Submission,
  judged: Judged,
  around: Surroundings,
): Promise<MessageSettlement | undefined> {
  const { stores, deadline, clock, deliveries } = around;
  const { clickId } = judged.facts;
  const mintedAt = carriedTime(clickId ?? '') ?? queued.request.receivedAt;
  const since = firstAnswer(queued);
  const wasTroubled = queued.troubled === true || queued.reason === 'PENDING_RETRY';
  // A read that answers says nothing of writes, and the click may wait for those.
  const takesWrites = wasTroubled || clickId === undefined || (await takes(stores.clicks.probe(clickId, deadline)));
  const troubled = wasTroubled || !takesWrites || (since === undefined && deliveries > 1);
  const next: QueuedPostback = {
    ...queued,
    reason: 'PENDING_UNMATCHED',
    unmatchedSince: since ?? clock(),
    ...(troubled && { troubled }),
    judgedBefore: attempts,
  };
  if (since === undefined) {
    await stores.postbackLog.put(judged.row, deadline);
    return sendAgain(next, around);
  }
  if (troubled && queued.troubled !== true) return sendAgain(next, around);
  const left = patienceEndsAt({ since, mintedAt, troubled }) - clock();
  if (left > 0) return { action: 'wait', seconds: unmatchedSeconds(deliveries, Math.random(), left) };
  if (!troubled && (await around.due(deadline)) > behind) return sendAgain({ ...next, troubled: true }, around);
  return undefined;
}

/**
 * Returns the time at which storage first answered that there is no such click. For a message of the previous version it is the receipt.
 */
function firstAnswer({ reason, request, unmatchedSince }: QueuedPostback): number | undefined {
  return unmatchedSince ?? (reason === 'PENDING_UNMATCHED' ? request.receivedAt : undefined);
}

async function takes(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    logTrouble('clicks cannot be written while a postback waits for its click', error);
    return false;
  }
}

/** A few times in a message's life at most, far from the sixteen at which Lambda takes it for a loop. */
async function sendAgain(
  postback: QueuedPostback,
  { stores }: Surroundings,
  delaySeconds = unmatchedSeconds(1, Math.random(), Number.MAX_SAFE_INTEGER),
): Promise<MessageSettlement & { readonly action: 'send-again' }> {
  const body = writePostbackMessage(postback, await stores.masterSecret.read());
  return { action: 'send-again', body, delaySeconds };
}
