import * as v from 'valibot';
import { emit, logTrouble } from '../../adapters/metrics';
import type { KeyedLogRow } from '../../adapters/postback-log-reader';
import { StorageFailure } from '../../adapters/storage-failure';
import * as metric from '../../counters';
import type { LoggedReason } from '../../domain/values/reasons';
import { countsOf } from '../../judgement/counts';
import { replay, type Replayed, type ReplayRun } from '../../judgement/replay';
import { replayLedger } from '../../judgement/replay-ledger';
import { adminJson, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { conversionsOfClick } from '../conversions/of-click';
import { writeCursor } from '../http/cursor';
import { newBudget, walkLog } from '../log/walk';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import { readReplayOrder } from './body';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

const payable = v.record(v.string(), field.amount);

/** The replays of one call; the sums of the answers are the progress. */
export const replayAnswer = v.strictObject({
  dryRun: v.boolean(),
  examined: field.count,
  replayed: field.count,
  notReplayable: v.pipe(field.count, v.description('Rows that no longer hold their request')),
  changed: v.pipe(
    field.count,
    v.description('Verdicts that are others than in the log, and postbacks whose missing amount was read'),
  ),
  outcomes: field.reasons,
  money: v.pipe(
    v.strictObject({ before: payable, after: payable }),
    v.description('What is payable, by currency, of the conversions that this call touched; tests excluded'),
  ),
  done: v.boolean(),
  cursor: v.optional(
    v.pipe(v.string(), v.description('There where `done` is false: send it in the body of the next call')),
  ),
});

const atOnce = 8;
/** Left to the rows that are under way when no more are begun, and to the answer. */
const reserveMilliseconds = 6000;

/**
 * Judges logged requests again, newest first, as many as a call has time for; the cursor continues with the rest. A dry run counts what
 * would become of them. Within one call each row is judged after those before it, also in a dry run.
 */
export async function replayPostbacks(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { now, deadline } = request;
  const { dryRun, filter, from, below, limit, query } = readReplayOrder(request.body, now);
  const { rows, goOnBelow } = await walkLog(
    services.postbackLog,
    { filter, from, below, limit, now },
    newBudget(),
    deadline,
  );
  const stores = services.judgement();
  const ledger = replayLedger(
    stores.conversions,
    (clickId, until) => conversionsOfClick(services.conversions, clickId, until),
    dryRun,
  );
  const outcomes = await replayRows(rows, { dryRun, stores, ledger, deadline, now });
  const replayed = outcomes.filter((outcome) => outcome !== undefined);
  if (!dryRun) report(replayed, request);
  const next = outcomes.length < rows.length ? rows[outcomes.length - 1]?.key : goOnBelow;
  return adminJson(200, {
    dryRun,
    examined: outcomes.length,
    replayed: replayed.length,
    notReplayable: outcomes.length - replayed.length,
    changed: replayed.filter(({ changed }) => changed).length,
    outcomes: countReasons(replayed),
    money: ledger.money(),
    done: next === undefined,
    ...(next !== undefined && { cursor: writeCursor(query, { from, below: next }) }),
  } satisfies Shown<typeof replayAnswer>);
}

/**
 * Replays as many of the rows, from the first, as there is time for. The next call repeats rows that storage interrupted, which may be
 * reported twice.
 */
async function replayRows(rows: readonly KeyedLogRow[], run: ReplayRun): Promise<readonly (Replayed | undefined)[]> {
  const outcomes: (Replayed | undefined)[] = [];
  while (outcomes.length < rows.length && run.deadline.remaining() > reserveMilliseconds) {
    const group = rows.slice(outcomes.length, outcomes.length + atOnce);
    const settled = await Promise.allSettled(replayGroup(group, run));
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

/** Replays rows of one click one after the other, so that a sale and its reversal meet; those of different clicks in parallel. */
function replayGroup(group: readonly KeyedLogRow[], run: ReplayRun): readonly Promise<Replayed | undefined>[] {
  const newest = new Map<string | undefined, Promise<unknown>>();
  return group.map(({ row }) => {
    const before = row.clickId === undefined ? undefined : newest.get(row.clickId);
    const outcome = Promise.resolve(before).then(() => replay(row, run));
    newest.set(row.clickId, outcome);
    return outcome;
  });
}

function countReasons(replayed: readonly Replayed[]): Readonly<Partial<Record<LoggedReason, number>>> {
  const counts: Partial<Record<LoggedReason, number>> = {};
  for (const { reason } of replayed) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** One line a call: who replayed how many, and what was recorded by it. An amount that was filled in is of a postback that counted. */
function report(replayed: readonly Replayed[], { requestId, author }: RoutedRequest): void {
  const changed = replayed.filter((outcome) => outcome.changed);
  const recorded = changed.filter(
    ({ judged, recordedBefore }) =>
      !recordedBefore && metric.postbackRecorded in countsOf(judged.verdict, judged.facts.trust),
  ).length;
  const counts = recorded === 0 ? {} : { [metric.postbackRecorded]: recorded };
  emit(counts, { requestId, author, replayed: replayed.length, changed: changed.length });
}
