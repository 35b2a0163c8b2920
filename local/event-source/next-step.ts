import type { PolledRecord } from './stream-record';

/** A tumbling window of a shard. Times are in Unix milliseconds. */
export interface StreamWindow {
  readonly shardId: string;
  readonly start: number;
  readonly end: number;
}

/** What decides how records are put together. */
export interface BatchRules {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly tumblingWindowSeconds: number | undefined;
}

/** What is read of a lane and not yet worked off. */
export interface Waiting {
  readonly records: readonly PolledRecord[];
  /** When the first of them was read. */
  readonly since: number;
  /** The window that invocations have been made for and that is not over. */
  readonly window: StreamWindow | undefined;
  /** Most records of the next batch, where a batch before it failed or is to be cut differently. */
  readonly cut: number | undefined;
}

export type StreamStep =
  | { readonly kind: 'deliver'; readonly records: readonly PolledRecord[]; readonly window: StreamWindow | undefined }
  /** The last invocation of a window. */
  | { readonly kind: 'close'; readonly window: StreamWindow }
  /** Nothing to do before a time, unless records come; without a time, until records come. */
  | { readonly kind: 'wait'; readonly until: number | undefined };

/** Lambda's limit for an event, less what stands around the records. */
const payloadLimitBytes = 6 * 1024 * 1024 - 64 * 1024;

/** A record's time is given in whole seconds, and it is read a moment after it was written. */
const graceMilliseconds = 1000;

/**
 * What Lambda does next with a shard: a batch holds records of one shard and one tumbling window, is full by number or bytes, or goes
 * when its batching window ends. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
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

/** The records from the first on that may be in one batch. */
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
