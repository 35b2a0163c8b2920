import type { Deadline } from '../adapters/deadline';
import type { FactWriter } from '../adapters/fact-writer';
import type { FactsTable } from '../adapters/facts-table';
import type { TransactionIndex } from '../adapters/transaction-index';
import type { StreamBatch, StreamRecord } from '../adapters/stream-event';
import { recordsPast, type Checkpoint } from '../domain/facts/checkpoint';
import type { Lookups } from '../domain/facts/click-fact';
import type { FactSet } from '../domain/facts/columns';
import type { FactObject } from '../domain/facts/manifest';
import { countedKey } from '../domain/facts/object-key';
import { spanOf } from '../domain/facts/object-span';
import type { FactRow } from '../domain/facts/rows';
import { gather } from './gather';

/** The stores of counting. */
export interface CountStores {
  readonly facts: FactsTable;
  readonly files: FactWriter;
  readonly transactions: TransactionIndex;
  /** Looks up the facts of these records. Throws if storage does not respond in time. */
  lookupsFor(set: FactSet, records: readonly StreamRecord[], deadline: Deadline): Promise<Lookups>;
  /** Returns a unique ID for an object. */
  newId(): string;
  now(): number;
}

/** The outcome of one batch. */
export interface CountResult {
  readonly records: number;
  readonly rows: number;
  readonly objects: number;
  readonly erasures: number;
  readonly uncounted: number;
  /** Changes that came so late that only a recount counts their rows. */
  readonly late: number;
  /** Records that were counted before. */
  readonly repeated: number;
}

/** After a lost race the next read shows the new checkpoint; this many in a row indicate another problem. */
const maximumOvertaken = 5;

/**
 * Counts a batch exactly once: rows are written under a new key, then one transaction moves the shard's checkpoint and names the object.
 * Throws if storage fails: the records are retried.
 */
export async function count(
  set: FactSet,
  batch: StreamBatch,
  stores: CountStores,
  deadline: Deadline,
): Promise<CountResult> {
  const shard = `${set}#${batch.stream}#${batch.shardId}`;
  let counted: CountResult = { records: 0, rows: 0, objects: 0, erasures: 0, uncounted: 0, late: 0, repeated: 0 };
  for (let overtaken = 0; overtaken <= maximumOvertaken;) {
    const before = await stores.facts.checkpointOf(shard, deadline);
    const past = recordsPast(batch.records, before);
    if (past.length === 0) return { ...counted, repeated: batch.records.length - counted.records };
    const gathered = gather(shard, set, past, await stores.lookupsFor(set, past, deadline), stores.now());
    const last = past[gathered.records - 1];
    if (last === undefined) throw new Error('a step must have a record');
    const after: Checkpoint = { sequence: last.sequence, through: Math.max(last.at, before?.through ?? 0) };
    // Before the checkpoint moves: a retry applies the same transactions again without effect.
    await stores.transactions.apply(gathered.transactions, deadline);
    const object = await written(set, gathered.rows, stores, deadline);
    const { erasures, uncounted, rows, records } = gathered;
    const step = { shard, before, after, object, erasures, uncounted };
    if ((await stores.facts.count(step, stores.now(), deadline)) === 'overtaken') {
      overtaken += 1;
      continue;
    }
    counted = {
      ...counted,
      records: counted.records + records,
      rows: counted.rows + rows.length,
      objects: counted.objects + (object === undefined ? 0 : 1),
      erasures: counted.erasures + erasures.length,
      uncounted: counted.uncounted + uncounted.length,
      late: counted.late + gathered.late,
    };
    if (records === past.length) return { ...counted, repeated: batch.records.length - counted.records };
  }
  throw new Error(`concurrent runs counted the shard first ${maximumOvertaken + 1} times in a row`);
}

/** Writes these rows and returns their object; `undefined` for no rows. */
async function written(
  set: FactSet,
  rows: readonly FactRow[],
  { files, newId }: CountStores,
  deadline: Deadline,
): Promise<FactObject | undefined> {
  if (rows.length === 0) return undefined;
  const key = countedKey(set, newId());
  const bytes = await files.write(key, set, rows, deadline);
  return { key, set, rows: rows.length, bytes, ...spanOf(set, rows) };
}
