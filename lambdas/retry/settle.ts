import type { Deadline } from '../adapters/deadline';
import type { Counts, LineFields } from '../adapters/metrics';
import { readClickFields } from '../adapters/clicks-table';
import { readLogRowFields } from '../adapters/postback-log-table';
import { metric } from '../contract';
import { message } from '../domain/postback/messages';
import { unmatchedMilliseconds, unmatchedSeconds } from '../domain/queue/backoff';
import { readMessage, type QueuedPostback } from '../domain/queue/message';
import { countsOf } from '../judgement/counts';
import { judge, verdictOf, type Judged, type Stores } from '../judgement/judge';
import { logRowOf } from '../judgement/log-row-of';
import type { Submission } from '../judgement/submission';

/** One delivery of a queued message. */
export interface Delivery {
  readonly body: string;
  /** How often it was delivered, this time included. */
  readonly deliveries: number;
  /** Milliseconds since 1970. */
  readonly firstSentAt: number;
}

/** What is to become of the message. */
export type Settlement =
  | { readonly action: 'done'; readonly counts: Counts; readonly fields: LineFields }
  | { readonly action: 'wait'; readonly seconds: number }
  | { readonly action: 'give-up'; readonly reason: string };

/** Settles one message by the same judgement as a fresh request. Throws where storage does not take part: then it is tried later. */
export async function settle(
  delivery: Delivery,
  stores: Stores,
  deadline: Deadline,
  clock: () => number = Date.now,
): Promise<Settlement> {
  const reading = readMessage(delivery.body, await stores.masterSecret.read());
  if (!reading.ok) return { action: 'give-up', reason: `MESSAGE_UNREADABLE: ${reading.problem}` };
  const { message: queued } = reading;
  switch (queued.kind) {
    case 'click':
      return settleRow(
        () => readClickFields(queued.fields),
        (click) => stores.clicks.put(click, deadline),
        'click',
      );
    case 'log':
      return settleRow(
        () => readLogRowFields(queued.fields),
        (row) => stores.postbackLog.put(row, deadline),
        'log',
      );
    case 'postback':
      return settlePostback(queued.postback, delivery, stores, deadline, clock);
  }
}

async function settleRow<Row>(
  readRow: () => Row,
  put: (row: Row) => Promise<void>,
  kind: 'click' | 'log',
): Promise<Settlement> {
  let row: Row;
  try {
    row = readRow();
  } catch {
    return { action: 'give-up', reason: `MESSAGE_UNREADABLE: its ${kind} row does not read` };
  }
  await put(row);
  return { action: 'done', counts: {}, fields: { kind } };
}

async function settlePostback(
  { request, requestId, reason, batchId }: QueuedPostback,
  { deliveries }: Delivery,
  stores: Stores,
  deadline: Deadline,
  clock: () => number,
): Promise<Settlement> {
  const isOfBatch = reason === 'PENDING_BATCH';
  const submission: Submission = {
    request,
    requestId,
    // A row of a batch was never judged before it came here; everything else was, once.
    attempts: isOfBatch ? deliveries : deliveries + 1,
    ...(batchId !== undefined && { batchId }),
    ...(isOfBatch && { authenticated: true }),
  };
  let judged = await judge(submission, stores, deadline);
  if (judged.verdict.reason === 'PENDING_UNMATCHED') {
    const waited = clock() - request.receivedAt;
    if (waited < unmatchedMilliseconds) {
      if (isOfBatch && deliveries === 1) await stores.postbackLog.put(judged.row, deadline);
      return { action: 'wait', seconds: unmatchedSeconds(deliveries, Math.random(), waited) };
    }
    judged = notFound(submission, judged, stores);
  }
  if (!judged.logged) await stores.postbackLog.put(judged.row, deadline);
  const { verdict, facts, historyFull } = judged;
  return {
    action: 'done',
    counts: { ...countsOf(verdict, historyFull), ...(isOfBatch && { [metric.postbackReceived]: 1 }) },
    fields: {
      kind: 'postback',
      requestId,
      result: verdict.result,
      reason: verdict.reason,
      integration: facts.integrationId,
      campaign: facts.campaignId,
      deliveries,
    },
  };
}

/** The end of a postback whose click never came: told in the log, and there to be replayed. */
function notFound(submission: Submission, { facts }: Judged, stores: Stores): Judged {
  const verdict = verdictOf(submission, facts, { reason: 'CLICK_NOT_FOUND', message: message.clickNotFound });
  const row = logRowOf(submission, facts, verdict, stores.logRetentionDays);
  return { verdict, facts, historyFull: false, row, logged: false };
}
