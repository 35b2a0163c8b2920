import type { Deadline } from '../adapters/deadline';
import type { Counts, LineFields } from '../adapters/metrics';
import { readClickFields } from '../adapters/clicks-table';
import { readLogRowFields } from '../adapters/postback-log-table';
import { metric } from '../contract';
import { readClickId } from '../domain/identifiers/click-id';
import { erasedLogRow } from '../domain/postback/erasure';
import type { LogRow } from '../domain/postback/log-row';
import { unmatchedMilliseconds, unmatchedSeconds } from '../domain/queue/backoff';
import { readMessage, type QueuedPostback } from '../domain/queue/message';
import { clickIdKeys } from '../domain/trust/keys';
import { countsOf } from '../judgement/counts';
import { judge, notFound, type Stores } from '../judgement/judge';
import { noteKeyUse } from '../judgement/note-key-use';
import type { Submission } from '../judgement/submission';
import { withoutLog } from '../judgement/without-log';

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
        (row) => keepRow(row, stores, deadline),
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

/** A row that waited may be of a click that was erased meanwhile. */
async function keepRow(row: LogRow, stores: Stores, deadline: Deadline): Promise<void> {
  const master = await stores.masterSecret.read();
  const reading = row.clickId === undefined ? undefined : readClickId(row.clickId, clickIdKeys(master));
  const isErased =
    reading?.outcome === 'genuine' &&
    (await stores.clicks.find(reading.clickId, Date.parse(row.receivedAt), deadline)) === 'erased';
  await stores.postbackLog.put(isErased ? erasedLogRow(row) : row, deadline);
}

async function settlePostback(
  { request, requestId, reason, batchId, authenticated }: QueuedPostback,
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
    ...(authenticated !== undefined && { authenticated }),
  };
  let judged = await judge(submission, withoutLog(stores), deadline);
  // A dry run of what is unmatched is told as such, and waits for nothing.
  if (judged.verdict.result === 'queued') {
    const waited = clock() - request.receivedAt;
    if (waited < unmatchedMilliseconds) {
      if (isOfBatch && deliveries === 1) await stores.postbackLog.put(judged.row, deadline);
      return { action: 'wait', seconds: unmatchedSeconds(deliveries, Math.random(), waited) };
    }
    judged = await notFound(submission, judged, stores);
  }
  await stores.postbackLog.put(judged.row, deadline);
  await noteKeyUse(submission, judged.facts, stores.keyUse, deadline);
  const { verdict, facts } = judged;
  return {
    action: 'done',
    counts: { ...countsOf(verdict, facts.trust), ...(isOfBatch && { [metric.postbackReceived]: 1 }) },
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
