import type { PolledRecord } from './stream-record';

/** A tumbling window of a shard. Times are in Unix milliseconds. */
export interface StreamWindow {
  readonly shardId: string;
  readonly start: number;
  readonly end: number;
}

/** The limits of a batch. */
export interface BatchRules {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly tumblingWindowSeconds: number | undefined;
}

/** Records of a lane that are read and not yet processed. */
export interface Waiting {
  readonly records: readonly PolledRecord[];
  /** Time at which the first of them was read. */
  readonly since: number;
  /** The open window, which has had invocations. */
  readonly window: StreamWindow | undefined;
  /** Maximum records of the next batch, after a failure or where a fault cuts it differently. */
  readonly cut: number | undefined;
}

export type StreamStep =
  | { readonly kind: 'deliver'; readonly records: readonly PolledRecord[]; readonly window: StreamWindow | undefined }
  /** The final invocation of a window. */
  | { readonly kind: 'close'; readonly window: StreamWindow }
  /** Waits until a time or until records come; without a time, only for records. */
  | { readonly kind: 'wait'; readonly until: number | undefined };

/** Lambda's limit for an event, less the fields around the records. */
const payloadLimitBytes = 6 * 1024 * 1024 - 64 * 1024;

/** A record's time has whole seconds, and it is read a moment after it was written. */
const graceMilliseconds = 1000;

/**
 * Decides Lambda's next step with a shard: a batch holds records of one shard and one tumbling window, and is due when it is full by
 * number or bytes, or when its batching window ends.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export function nextStep({ records, since, window, cut }: Waiting, rules: BatchRules, now: number): StreamStep {
  const [first] = records;
  if (first === undefined) {
    if (window === undefined) return { kind: 'wait', until: undefined };
    const over = window.end + graceMilliseconds;
    return now >= over ? { kind: 'close', window } : { kind: 'wait', until: over };
  }
  const own = windowOf(first, rules.tumblingWindowSeconds);
  if (window !== undefined && !isSame(window, own)) return { kind: 'close', window };
  const batch = fit(records, rules, first);
  const limited = cut === undefined ? batch : batch.slice(0, Math.max(1, cut));
  const isFull = limited.length >= rules.batchSize || limited.length < records.length || cut !== undefined;
  const goesAt = Math.min(since + rules.batchingWindowSeconds * 1000, own?.end ?? Infinity);
  if (isFull || now >= goesAt) return { kind: 'deliver', records: limited, window: own };
  return { kind: 'wait', until: goesAt };
}

/** Returns the leading records that fit into one batch. */
function fit(
  records: readonly PolledRecord[],
  { batchSize, tumblingWindowSeconds }: BatchRules,
  first: PolledRecord,
): readonly PolledRecord[] {
  const own = windowOf(first, tumblingWindowSeconds);
  let bytes = 0;
  let count = 0;
  for (const record of records) {
    bytes += record.bytes;
    if (count >= batchSize || record.shardId !== first.shardId || (count > 0 && bytes > payloadLimitBytes)) break;
    if (!isSame(own, windowOf(record, tumblingWindowSeconds))) break;
    count += 1;
  }
  return records.slice(0, count);
}

function windowOf({ shardId, createdAt }: PolledRecord, seconds: number | undefined): StreamWindow | undefined {
  if (seconds === undefined) return undefined;
  const length = seconds * 1000;
  const start = Math.floor(createdAt / length) * length;
  return { shardId, start, end: start + length };
}

function isSame(one: StreamWindow | undefined, other: StreamWindow | undefined): boolean {
  return one?.shardId === other?.shardId && one?.start === other?.start;
}
