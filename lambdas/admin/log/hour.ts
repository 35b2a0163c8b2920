import type { Deadline } from '../../adapters/deadline';
import type { LogFilter } from '../../adapters/postback-log-filter';
import type { KeyedLogRow, PostbackLogReader } from '../../adapters/postback-log-reader';
import { postbackLogShards } from '../../domain/values/request-id';

/** The remaining cost of a walk; reading reduces it. */
export interface Budget {
  queries: number;
  examined: number;
  readonly endsAt: number;
}

/** One hour of the log, or the part of it between two sort keys. */
export interface HourStretch {
  readonly hour: string;
  readonly from: string;
  readonly below: string;
}

export interface HourReading {
  readonly hour: string;
  readonly rows: readonly KeyedLogRow[];
  /** The sort key below which the hour is not read yet; `undefined` where it is through. */
  readonly goOnBelow?: string;
}

interface Shard {
  readonly number: number;
  /** The sort key down to which the shard is read; `undefined` once it is read to its end. */
  readDownTo: string | undefined;
}

/** Rows looked at in one query: few where every row counts; many, and more each time, where a filter lets few through. */
const examineUnfiltered = 8;
const examineFiltered = 200;
const examineMost = 1000;

/**
 * Reads the newest rows of an hour from its 16 shards. A row is given only when every shard was read at least as far down:
 * until then a newer one may still turn up. So the rows have no gap, and where to go on is one sort key for all shards.
 */
export async function readHour(
  log: PostbackLogReader,
  { hour, from, below }: HourStretch,
  { filter, now }: { readonly filter: LogFilter; readonly now: number },
  wanted: number,
  budget: Budget,
  deadline: Deadline,
): Promise<HourReading> {
  const filtered = Object.keys(filter).length > 0;
  let examine = filtered ? examineFiltered : examineUnfiltered + Math.ceil(wanted / 8);
  const shards: Shard[] = Array.from({ length: postbackLogShards }, (_, number) => ({ number, readDownTo: below }));
  const found: KeyedLogRow[] = [];
  let behind: readonly Shard[] = shards;
  // The first round is not asked whether it may: each call gets further than the one before.
  do {
    const most = examine;
    await Promise.all(
      behind.map(async (shard) => {
        const stretch = { hour, shard: shard.number, from, below: shard.readDownTo ?? from };
        budget.queries -= 1;
        const reading = await log.read(stretch, filter, most, now, deadline);
        budget.examined -= reading.examined;
        shard.readDownTo = reading.readDownTo;
        found.push(...reading.rows);
      }),
    );
    found.sort((left, right) => (left.key < right.key ? 1 : -1));
    behind = shardsBehind(shards, found[wanted - 1]?.key);
    if (filtered) examine = Math.min(examine * 2, examineMost);
  } while (behind.length > 0 && !isSpent(budget));

  const unread = shards.flatMap(({ readDownTo }) => readDownTo ?? []).sort();
  const certainDownTo = unread.at(-1);
  const certain = certainDownTo === undefined ? found : found.filter(({ key }) => key >= certainDownTo);
  const rows = certain.slice(0, wanted);
  const last = rows.at(-1);
  if (certain.length > wanted || (rows.length === wanted && certainDownTo !== undefined)) {
    return { hour, rows, ...(last !== undefined && { goOnBelow: last.key }) };
  }
  return { hour, rows, ...(certainDownTo !== undefined && { goOnBelow: certainDownTo }) };
}

export function isSpent({ queries, examined, endsAt }: Budget): boolean {
  return queries <= 0 || examined <= 0 || Date.now() >= endsAt;
}

/** The shards that may still hold a row newer than the last one wanted. */
function shardsBehind(shards: readonly Shard[], lastWanted: string | undefined): readonly Shard[] {
  return shards.filter(
    ({ readDownTo }) => readDownTo !== undefined && (lastWanted === undefined || readDownTo > lastWanted),
  );
}
