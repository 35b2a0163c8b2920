import { leaving, type Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import { queueReserveMilliseconds, type RetryQueue } from '../adapters/retry-queue';
import { findClickId } from '../domain/postback/click-id-reading';
import { fieldNamesOf } from '../domain/postback/field-names';
import { isOn } from '../domain/click/click-parameters';
import { message } from '../domain/postback/messages';
import { readParameters } from '../domain/postback/parameters';
import type { Refusal } from '../domain/postback/refusal';
import { writePostbackMessage, type Believed, type QueuedPostback } from '../domain/queue/message';
import { clickIdKeys } from '../domain/trust/keys';
import { judge, refusedWith, type Judged, type Stores } from '../judgement/judge';
import type { Facts, Submission } from '../judgement/submission';
import { trustOf } from './trust-of';

const unmatchedDelaySeconds = 5;
const troubleDelaySeconds = 2;

/**
 * Judges a postback now, or queues it: where its click is not there yet, and where storage does not take part. Where the queue does
 * not take it either the sender is told that nothing was kept. Never throws.
 */
export async function judgeOrQueue(
  submission: Submission,
  stores: Stores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<Judged> {
  try {
    const judged = await judge(submission, stores, leaving(deadline, queueReserveMilliseconds));
    if (judged.verdict.result !== 'queued') return judged;
    const believed = believedIn(judged.facts);
    const waiting = {
      reason: 'PENDING_UNMATCHED',
      unmatchedSince: Date.now(),
      ...(believed !== undefined && { believed }),
    } as const;
    await enqueue(submission, waiting, unmatchedDelaySeconds, stores, queue, deadline);
    return judged;
  } catch (error) {
    logTrouble('the postback could not be judged', error, { requestId: submission.requestId });
    return queueUnjudged(submission, stores, queue, deadline);
  }
}

async function queueUnjudged(
  submission: Submission,
  stores: Stores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<Judged> {
  try {
    if (await isWorthKeeping(submission, stores)) {
      await enqueue(submission, { reason: 'PENDING_RETRY' }, troubleDelaySeconds, stores, queue, deadline);
      return await unjudged(submission, { reason: 'PENDING_RETRY', message: message.retry }, stores);
    }
  } catch (error) {
    logTrouble('the postback could not be queued', error, { requestId: submission.requestId });
  }
  return unjudged(submission, { reason: 'SYSTEM_ERROR', message: message.systemError }, stores);
}

async function enqueue(
  { request, requestId }: Submission,
  waiting: Omit<QueuedPostback, 'request' | 'requestId'>,
  delaySeconds: number,
  stores: Stores,
  queue: RetryQueue,
  deadline: Deadline,
): Promise<void> {
  const master = await stores.masterSecret.read();
  await queue.send(writePostbackMessage({ request, requestId, ...waiting }, master), delaySeconds, deadline);
}

/** What the sender showed holds for as long as the postback waits. */
function believedIn({ integrationId, integration, authenticated, keyId }: Facts): Believed | undefined {
  if (authenticated !== true || integrationId === undefined || integration === undefined) return undefined;
  return { integration: integrationId, trust: trustOf(integration), ...(keyId !== undefined && { keyId }) };
}

/** Only what carries a genuine click ID may fill the queue while storage is down; a dry run has nothing to keep. */
async function isWorthKeeping({ request }: Submission, stores: Stores): Promise<boolean> {
  const parsed = readParameters(request);
  if (!parsed.ok) return false;
  if (parsed.parameters.some(({ name, value }) => name.toLowerCase() === 'dry_run' && isOn(value))) return false;
  const keys = clickIdKeys(await stores.masterSecret.read());
  const found = findClickId(parsed.parameters, fieldNamesOf(undefined), keys);
  return found.ok && found.value.outcome.genuine;
}

function unjudged(submission: Submission, refusal: Refusal, stores: Stores): Promise<Judged> {
  return refusedWith(submission, { test: false, dryRun: false, warnings: [] }, refusal, stores);
}
