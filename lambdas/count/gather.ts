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

/** The facts from the first records of a batch. */
export interface Gathered {
  readonly rows: readonly FactRow[];
  /** IDs of clicks. */
  readonly erasures: readonly string[];
  readonly uncounted: readonly Uncounted[];
  /** Changes of the index of transaction IDs, in their order. */
  readonly transactions: readonly NonNullable<TransactionChange>[];
  /** Changes that came too late to be counted. Their erasures are still applied. */
  readonly late: number;
  /** Number of processed records; the rest follow in the next step. */
  readonly records: number;
}

/** Maximum erasures and uncounted changes in a step, beside its rows. */
export const maximumAside = 90;
/** Maximum rows of one object; a change of a conversion has at most two. */
const maximumRows = 20_000;

/**
 * Converts changes to rows. An unreadable change is put aside: to fail would block the shard until its records expire.
 * @param shard name of the shard, recorded with changes that are put aside
 * @param now in milliseconds since 1970, for recognising a change that a recount may have counted
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
  if (clickId === undefined) throw new Error('a change of a click has no click ID');
  return clickChanges(clickId, clickImage(record.before), clickImage(record.after), lookups);
}

function clickImage(item: Item | undefined): ClickImage {
  if (item === undefined) return undefined;
  return isErased(item) ? 'erased' : readClick(item);
}

/** Names the invalid field without its value, which may be a visitor's. */
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
