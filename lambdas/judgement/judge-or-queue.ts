import { leaving, type Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import { awaitsSale } from '../domain/conversion/reversal';
import { message } from '../domain/verdict/messages';
import type { Rejection } from '../domain/values/rejection';
import { secondLookSeconds } from '../domain/queue/backoff';
import { writePostbackMessage, type QueuedPostback } from '../domain/queue/message';
import { clickIdKeys } from '../domain/trust/keys';
import { identifyClick } from './identify';
import { judge, rejectedWith, StorageTrouble, type Judged, type JudgementStores } from './judge';
import { firstFacts, receive } from './receive';
import type { JudgedFacts, Submission } from './submission';

const unmatchedDelaySeconds = 5;
const troubleDelaySeconds = 2;

/**
 * Judges a postback now, or queues it: where its click is not there yet, and where storage fails. If the queue does not accept it either,
 * the answer says that nothing was kept. Never throws.
 */
export async function judgeOrQueue(
  submission: Submission,
  stores: JudgementStores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<Judged> {
  const enqueue = enqueuer(submission, stores, queue, deadline);
  try {
    const judged = await judge(submission, stores, leaving(deadline, queueReserveMilliseconds));
    const { verdict, facts } = judged;
    if (verdict.result === 'queued') {
      await enqueue(facts, 'PENDING_UNMATCHED', unmatchedDelaySeconds);
    } else if (verdict.result !== 'dry_run' && verdict.warnings.some(({ code }) => awaitsSale(code))) {
      await lookAgain(() => enqueue(facts, 'PENDING_RETRY', secondLookSeconds, { secondLook: true }), submission);
    }
    return judged;
  } catch (error) {
    logTrouble('the postback could not be judged', error, { requestId: submission.requestId });
    const facts = error instanceof StorageTrouble ? error.facts : firstFacts(submission);
    return queueUnjudged(submission, facts, stores, enqueue);
  }
}

type Enqueue = (
  facts: JudgedFacts,
  reason: QueuedPostback['reason'],
  delaySeconds: number,
  more?: Pick<QueuedPostback, 'secondLook'>,
) => Promise<void>;

/** Queues the part that authentication covered, with its result; a request that is not authenticated yet is queued whole. */
function enqueuer(submission: Submission, stores: JudgementStores, queue: RetryQueue, deadline: Deadline): Enqueue {
  return async ({ authenticated, covered }, reason, delaySeconds, more) => {
    const { requestId, part } = submission;
    const kept = authenticated === undefined ? { request: submission.request } : { request: covered, authenticated };
    const unmatchedSince = reason === 'PENDING_UNMATCHED' ? { unmatchedSince: Date.now() } : {};
    const master = await stores.masterSecret.read();
    const body = writePostbackMessage(
      { ...kept, requestId, reason, ...(part !== undefined && { part }), ...unmatchedSince, ...more },
      master,
    );
    await queue.send(body, delaySeconds, deadline);
  };
}

async function lookAgain(enqueue: () => Promise<void>, { requestId }: Submission): Promise<void> {
  try {
    await enqueue();
  } catch (error) {
    logTrouble('the reversal will not be looked at again', error, { requestId });
  }
}

async function queueUnjudged(
  submission: Submission,
  facts: JudgedFacts,
  stores: JudgementStores,
  enqueue: Enqueue,
): Promise<Judged> {
  try {
    const known = await factsWorthKeeping(submission, facts, stores);
    if (known !== undefined) {
      await enqueue(known, 'PENDING_RETRY', troubleDelaySeconds);
      return await unjudged(submission, known, { reason: 'PENDING_RETRY', message: message.retry }, stores);
    }
  } catch (error) {
    logTrouble('the postback could not be queued', error, { requestId: submission.requestId });
  }
  return unjudged(submission, facts, { reason: 'SYSTEM_ERROR', message: message.systemError }, stores);
}

/** Only a genuine click ID fills the queue while storage is down; a dry run has nothing to keep. */
async function factsWorthKeeping(
  submission: Submission,
  facts: JudgedFacts,
  stores: JudgementStores,
): Promise<JudgedFacts | undefined> {
  const master = await stores.masterSecret.read();
  const received =
    facts.parameters === undefined
      ? receive(facts, facts.covered, clickIdKeys(master), submission.part)
      : { ok: true as const, facts };
  if (!received.ok || received.facts.dryRun) return undefined;
  if (received.facts.clickId !== undefined) return received.facts;
  const identified = identifyClick(received.facts, master);
  return identified.ok && identified.facts.clickId !== undefined ? identified.facts : undefined;
}

function unjudged(
  submission: Submission,
  facts: JudgedFacts,
  rejection: Rejection,
  stores: JudgementStores,
): Promise<Judged> {
  return rejectedWith(submission, { ...facts, warnings: [] }, rejection, stores);
}
