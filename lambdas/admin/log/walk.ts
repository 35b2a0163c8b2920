import type { Deadline } from '../../adapters/deadline';
import type { LogFilter } from '../../adapters/postback-log-filter';
import type { KeyedLogRow, PostbackLogReader } from '../../adapters/postback-log-reader';
import { hourOf, postbackLogShards } from '../../domain/values/request-id';
import { isSpent, readHour, type Budget, type HourReading, type HourStretch } from './hour';

/** A walk through the log from the newest row of a period to its oldest. */
export interface LogWalk {
  readonly filter: LogFilter;
  /** The lowest sort key of the period; it belongs to it. */
  readonly from: string;
  /** Start of the walk: rows below this sort key. */
  readonly below: string;
  readonly limit: number;
  readonly now: number;
}

export interface WalkResult {
  readonly rows: readonly KeyedLogRow[];
  /** The sort key below which the next walk continues; `undefined` where the period is complete. */
  readonly goOnBelow?: string;
}

/** Maximum cost of one call: 512 hours of empty shards, or 100,000 rows read, or 8 seconds. */
const maximumQueries = 512 * postbackLogShards;
const maximumExamined = 100_000;
const maximumMilliseconds = 8000;

/** Hours that are read together after empty ones: so many queries as the client has connections, twice. */
const hoursAtOnce = 8;
const hourMilliseconds = 3_600_000;

/** The sort key above every row up to a moment, and below every later one. */
export function keyAfter(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString()}#~`;
}

/** The sort key below every row from a moment on. */
export function keyBefore(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function newBudget(): Budget {
  return { queries: maximumQueries, examined: maximumExamined, endsAt: Date.now() + maximumMilliseconds };
}

/**
 * Walks hour by hour, and through a stretch of nearly empty hours several at a time; the next call continues where the budget ends, so that
 * no request runs without end.
 */
export async function walkLog(
  log: PostbackLogReader,
  walk: LogWalk,
  budget: Budget,
  deadline: Deadline,
): Promise<WalkResult> {
  const rows: KeyedLogRow[] = [];
  let below = walk.below;
  let width = 1;
  while (below > walk.from) {
    const hours = hoursBelow(below, walk.from, width);
    const examinedBefore = budget.examined;
    const readings = await readHours(log, hours, walk, walk.limit - rows.length, budget, deadline);
    const { taken, next, gap } = takeUntilGap(readings, walk.limit - rows.length);
    rows.push(...taken);
    if (next <= walk.from) break;
    if (rows.length >= walk.limit || isSpent(budget)) return { rows, goOnBelow: next };
    // An hour that one round did not finish is continued alone.
    const sparse = !gap && examinedBefore - budget.examined <= hours.length * postbackLogShards;
    width = sparse ? Math.min(width * 2, hoursAtOnce) : 1;
    below = next;
  }
  return { rows };
}

/** Reads one hour as far as it takes; several together in one round each, so that a crowded one among them costs little. */
async function readHours(
  log: PostbackLogReader,
  hours: readonly HourStretch[],
  walk: LogWalk,
  wanted: number,
  budget: Budget,
  deadline: Deadline,
): Promise<readonly HourReading[]> {
  const [first, ...others] = hours;
  if (first !== undefined && others.length === 0) return [await readHour(log, first, walk, wanted, budget, deadline)];
  return Promise.all(
    hours.map(async (stretch) => {
      const round = { queries: 0, examined: 0, endsAt: budget.endsAt };
      const reading = await readHour(log, stretch, walk, wanted, round, deadline);
      budget.queries += round.queries;
      budget.examined += round.examined;
      return reading;
    }),
  );
}

/**
 * The rows of hours that follow each other, up to the first that is not read to its end, or to as many rows as are wanted; below
 * which sort key to go on; and whether there is more of the last hour.
 */
function takeUntilGap(
  readings: readonly HourReading[],
  wanted: number,
): { readonly taken: readonly KeyedLogRow[]; readonly next: string; readonly gap: boolean } {
  const taken: KeyedLogRow[] = [];
  let next = '';
  for (const { hour, rows, goOnBelow } of readings) {
    const room = wanted - taken.length;
    taken.push(...rows.slice(0, room));
    const left = rows.length > room ? taken.at(-1)?.key : goOnBelow;
    if (left !== undefined) return { taken, next: left, gap: true };
    next = endOfHourBefore(hour);
    if (taken.length === wanted) break;
  }
  return { taken, next, gap: false };
}

/** The hours from a sort key downwards, each cut to the period. */
function hoursBelow(below: string, from: string, count: number): readonly HourStretch[] {
  const hours: HourStretch[] = [];
  for (let key = below; key > from && hours.length < count; key = endOfHourBefore(key.slice(0, 13))) {
    const hour = key.slice(0, 13);
    hours.push({ hour, from: from > hour ? from : hour, below: key });
  }
  return hours;
}

/** `2026-11-23T13:~`, above every row of that hour. */
function endOfHourBefore(hour: string): string {
  return `${hourOf(Date.parse(`${hour}:00:00.000Z`) - hourMilliseconds)}:~`;
}
