import * as v from 'valibot';
import { emit, logTrouble } from '../adapters/metrics';
import type { KeyedLogRow } from '../adapters/postback-log-reader';
import { StorageFailure } from '../adapters/storage-failure';
import { metric } from '../contract';
import type { LoggedReason } from '../domain/postback/verdict';
import { countsOf } from '../judgement/counts';
import type { Stores } from '../judgement/judge';
import { replay, type Replayed } from '../judgement/replay';
import { json, type Answer } from './answer';
import { field, type Shown } from './answer-schema';
import { writeCursor } from './cursor';
import { newBudget, walkLog } from './log-walk';
import { noParameters, readParameters } from './query-parameters';
import { readReplayOrder } from './replay-body';
import type { RoutedRequest } from './request';
import type { Services } from './services';

/** What one call replayed; the sums of the answers are the progress. */
export const replayAnswer = v.strictObject({
  dryRun: v.boolean(),
  examined: field.count,
  replayed: field.count,
  notReplayable: v.pipe(field.count, v.description('Rows that no longer hold their request')),
  changed: v.pipe(field.count, v.description('Verdicts that are others than in the log')),
  outcomes: field.reasons,
  done: v.boolean(),
  cursor: v.optional(
    v.pipe(v.string(), v.description('There where `done` is false: send it in the body of the next call')),
  ),
});

const atOnce = 8;
/** Left to the rows that are under way when no more are begun, and to the answer. */
const reserveMilliseconds = 6000;

/**
 * Judges logged requests again, newest first, as many as a call has time for; the cursor goes on with the rest. A dry run counts what
 * would become of them. Each row is judged by itself: two of one conversion are both foreseen as the first.
 */
export async function replayPostbacks(request: RoutedRequest, services: Services): Promise<Answer> {
  readParameters(request, noParameters);
  const { now, deadline } = request;
  const { dryRun, filter, from, below, limit, query } = readReplayOrder(request.body, now);
  const { rows, goOnBelow } = await walkLog(
    services.postbackLog,
    { filter, from, below, limit, now },
    newBudget(),
    deadline,
  );
  const outcomes = await replayRows(rows, dryRun, services.judgement(), request);
  const replayed = outcomes.filter((outcome) => outcome !== undefined);
  if (!dryRun) report(replayed, request);
  const next = outcomes.length < rows.length ? rows[outcomes.length - 1]?.key : goOnBelow;
  return json(200, {
    dryRun,
    examined: outcomes.length,
    replayed: replayed.length,
    notReplayable: outcomes.length - replayed.length,
    changed: replayed.filter(({ changed }) => changed).length,
    outcomes: countReasons(replayed),
    done: next === undefined,
    ...(next !== undefined && { cursor: writeCursor(query, { from, below: next }) }),
  } satisfies Shown<typeof replayAnswer>);
}

/** As many of the rows, from the first, as there is time for. What storage interrupts is left to the next call: it may be told twice. */
async function replayRows(
  rows: readonly KeyedLogRow[],
  dryRun: boolean,
  stores: Stores,
  { deadline, now }: RoutedRequest,
): Promise<readonly (Replayed | undefined)[]> {
  const outcomes: (Replayed | undefined)[] = [];
  while (outcomes.length < rows.length && deadline.remaining() > reserveMilliseconds) {
    const group = rows.slice(outcomes.length, outcomes.length + atOnce);
    const settled = await Promise.allSettled(group.map(({ row }) => replay(row, dryRun, stores, deadline, now)));
    const failed = settled.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) {
      outcomes.push(...settled.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined)));
      continue;
    }
    if (outcomes.length === 0) throw new StorageFailure('replaying postbacks', failed.reason);
    logTrouble('a replay was interrupted', failed.reason);
    break;
  }
  return outcomes;
}

function countReasons(replayed: readonly Replayed[]): Readonly<Partial<Record<LoggedReason, number>>> {
  const counts: Partial<Record<LoggedReason, number>> = {};
  for (const { reason } of replayed) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** One line a call: who replayed how many, and the money that moved, which nobody counted before. */
function report(replayed: readonly Replayed[], { requestId, author }: RoutedRequest): void {
  const changed = replayed.filter((outcome) => outcome.changed);
  const recorded = changed.filter(
    ({ judged }) => metric.postbackRecorded in countsOf(judged.verdict, judged.facts.trust),
  ).length;
  const counts = recorded === 0 ? {} : { [metric.postbackRecorded]: recorded };
  emit(counts, { requestId, author, replayed: replayed.length, changed: changed.length });
}
