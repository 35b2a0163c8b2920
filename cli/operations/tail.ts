import { setTimeout as delay } from 'node:timers/promises';
import { counted } from '../../operator/counted';
import { Failure } from '../../operator/failure';
import { interruption } from '../terminal/interrupt';
import type { Output } from '../terminal/output';

/** The followed list, and its display. */
export interface Tailed<Row> {
  /** The items since the last call, oldest first. */
  next(): Promise<readonly Row[]>;
  lineOf(row: Row): string;
  /** The group of a row in the final count. */
  kindOf(row: Row): string;
  /** The noun of the items, as in "12 postbacks". */
  readonly what: string;
}

/** Shows new items until Ctrl-C, and then their number of each kind. */
export async function tail<Row extends object>(
  { next, lineOf, kindOf, what }: Tailed<Row>,
  seconds: number,
  output: Output,
): Promise<void> {
  const ended = interruption();
  const kinds = new Map<string, number>();
  // The first call must succeed: there may be no tracker.
  for (let rows = await next(); !ended.aborted; rows = await patiently(next, output)) {
    for (const row of rows) {
      output.item(row, () => lineOf(row));
      kinds.set(kindOf(row), (kinds.get(kindOf(row)) ?? 0) + 1);
    }
    await delay(seconds * 1000, undefined, { signal: ended }).catch(() => undefined);
  }
  output.note(`\n${summary(kinds, what)}`);
}

/** Survives an outage: the next call reads what this one could not. */
async function patiently<Row>(next: () => Promise<readonly Row[]>, { note }: Output): Promise<readonly Row[]> {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'unreachable') throw error;
    note(`${error.message} Trying again.`);
    return [];
  }
}

function summary(kinds: ReadonlyMap<string, number>, what: string): string {
  const total = [...kinds.values()].reduce((sum, number) => sum + number, 0);
  if (total === 0) return `No ${what} came.`;
  return `${counted(total, what)}: ${[...kinds].map(([kind, number]) => `${number} ${kind}`).join(', ')}.`;
}
