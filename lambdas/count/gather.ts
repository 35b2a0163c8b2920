import * as v from 'valibot';
import { readClick } from '../adapters/clicks-table';
import { readConversion } from '../adapters/conversion-item';
import { isErased } from '../adapters/erased';
import type { Uncounted } from '../adapters/facts-table';
import type { Item } from '../adapters/item';
import type { StreamRecord } from '../adapters/stream-event';
import { transactionChange, type TransactionChange } from '../domain/conversion/transaction-index';
import { clickChanges, conversionChanges, type Changes, type ClickImage } from '../domain/facts/changes';
import type { Lookups } from '../domain/facts/click-fact';
import type { FactSet } from '../domain/facts/columns';
import { isLeftToRecount } from '../domain/facts/recount-quiet';
import type { FactRow } from '../domain/facts/rows';

/** What the first records of a batch count. */
export interface Gathered {
  readonly rows: readonly FactRow[];
  /** IDs of clicks. */
  readonly erasures: readonly string[];
  readonly uncounted: readonly Uncounted[];
  /** What becomes of the index of transaction IDs, in the order of the changes. */
  readonly transactions: readonly NonNullable<TransactionChange>[];
  /** Changes that came too late to be counted. What was erased by them is erased all the same. */
  readonly late: number;
  /** How many records were processed; the rest follow in the next step. */
  readonly records: number;
}

/** Erasures and uncounted changes that one step may have beside its rows. */
export const maximumAside = 90;
/** Rows of one object; a change of a conversion has two at most. */
const maximumRows = 20_000;

/**
 * Makes rows of changes. What a change holds never stops it: one that cannot be read is put aside, since the same records would come again
 * until they expire, and all that follow with them.
 * @param shard the name of the shard, with which those that are put aside are named
 * @param now by which a change that a recount may have counted is known, in milliseconds since 1970
 */
export function gather(
  shard: string,
  set: FactSet,
  records: readonly StreamRecord[],
  lookups: Lookups,
  now: number,
): Gathered {
  const rows: FactRow[] = [];
  const erasures = new Set<string>();
  const uncounted: Uncounted[] = [];
  const transactions: NonNullable<TransactionChange>[] = [];
  let [taken, late] = [0, 0];
  for (const record of records) {
    if (erasures.size + uncounted.length >= maximumAside || rows.length >= maximumRows) break;
    taken += 1;
    try {
      const changes = changesOf(set, record, lookups);
      if (!isLeftToRecount(record.at, now)) rows.push(...changes.rows);
      else if (changes.rows.length > 0) late += 1;
      if (changes.erasure !== undefined) erasures.add(changes.erasure.clickId);
      if (changes.transaction !== undefined) transactions.push(changes.transaction);
    } catch (error) {
      uncounted.push({
        name: `${shard}#${record.sequence}`,
        key: textsOf(record.keys),
        why: reasonOf(error),
        at: record.at,
      });
    }
  }
  return { rows, erasures: [...erasures], uncounted, transactions, late, records: taken };
}

function changesOf(
  set: FactSet,
  record: StreamRecord,
  lookups: Lookups,
): Changes<FactRow> & { readonly transaction?: TransactionChange } {
  const { keys, at } = record;
  if (set === 'conversions') {
    const before = record.before && readConversion(record.before);
    const after = record.after && readConversion(record.after);
    return { ...conversionChanges(before, after, at, lookups), transaction: transactionChange(before, after) };
  }
  const clickId = keys['clickId']?.S;
  if (clickId === undefined) throw new Error('a change of a click names it');
  return clickChanges(clickId, clickImage(record.before), clickImage(record.after), lookups);
}

function clickImage(item: Item | undefined): ClickImage {
  if (item === undefined) return undefined;
  return isErased(item) ? 'erased' : readClick(item);
}

/** Which field is not what it should be, without what it is: that may be a visitor's. */
function reasonOf(error: unknown): string {
  if (v.isValiError(error)) {
    const [issue] = error.issues;
    return `${v.getDotPath(issue) ?? 'the row'} is not as expected: ${issue.expected ?? issue.type}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function textsOf(keys: Item): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, value.S ?? '']));
}
