import type { Deadline } from '../adapters/deadline';
import type { KeyedLogRow, LogFilter, PostbackLogReader } from '../adapters/postback-log-reader';
import { hourOf } from '../domain/identifiers/request-id';
import { readHour, type Budget } from './log-hour';

/** A walk through the log from the newest row of a period to its oldest. */
export interface LogWalk {
  readonly filter: LogFilter;
  /** The lowest sort key of the period; it belongs to it. */
  readonly from: string;
  /** Where to start: rows below this sort key. */
  readonly below: string;
  readonly limit: number;
  readonly now: number;
}

export interface WalkResult {
  readonly rows: readonly KeyedLogRow[];
  /** The sort key below which the next walk goes on; `undefined` where the period is through. */
  readonly goOnBelow?: string;
}

/** What one call may cost before it hands over to the next: 64 hours of empty shards, or 20,000 rows looked at, or 8 seconds. */
const maximumQueries = 1024;
const maximumExamined = 20_000;
const maximumMilliseconds = 8000;

const hourMilliseconds = 3_600_000;

/** The sort key that stands above every row up to a moment, and below every later one. */
export function keyAfter(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString()}#~`;
}

/** The sort key that stands below every row from a moment on. */
export function keyBefore(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function newBudget(): Budget {
  return { queries: maximumQueries, examined: maximumExamined, endsAt: Date.now() + maximumMilliseconds };
}

/** Walks hour by hour; what the budget does not reach is left to the next call, so that no request runs without end. */
export async function walkLog(
  log: PostbackLogReader,
  walk: LogWalk,
  budget: Budget,
  deadline: Deadline,
): Promise<WalkResult> {
  const rows: KeyedLogRow[] = [];
  let below = walk.below;
  while (below > walk.from) {
    const hour = below.slice(0, 13);
    const wanted = walk.limit - rows.length;
    const stretch = { hour, from: walk.from > hour ? walk.from : hour, below };
    const result = await readHour(log, stretch, walk, wanted, budget, deadline);
    rows.push(...result.rows);
    const next = result.goOnBelow ?? endOfHourBefore(hour);
    if (next <= walk.from) break;
    if (result.goOnBelow !== undefined || rows.length >= walk.limit || isSpent(budget))
      return { rows, goOnBelow: next };
    below = next;
  }
  return { rows };
}

export function isSpent({ queries, examined, endsAt }: Budget): boolean {
  return queries <= 0 || examined <= 0 || Date.now() >= endsAt;
}

/** `2026-11-23T13:~`, above every row of that hour. */
function endOfHourBefore(hour: string): string {
  return `${hourOf(Date.parse(`${hour}:00:00.000Z`) - hourMilliseconds)}:~`;
}
