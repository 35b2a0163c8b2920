import type { Deadline } from '../adapters/deadline';
import type { FactFiles } from '../adapters/fact-files';
import type { FactsCompaction } from '../adapters/facts-compaction';
import { byDay, leftovers, roundsOf, type Round } from '../domain/facts/compaction-plan';
import type { FactSet } from '../domain/facts/columns';
import type { FactObject } from '../domain/facts/manifest';
import { dayKey, dayOf } from '../domain/facts/object-key';
import { spanOf } from '../domain/facts/object-span';
import type { FactRow } from '../domain/facts/rows';

/** The stores of compaction. */
export interface CompactionStores {
  readonly facts: FactsCompaction;
  readonly files: FactFiles;
  /** Returns a unique ID for an object. */
  newId(): string;
  now(): number;
}

/** The outcome of a run. */
export interface Compacted {
  readonly rounds: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Clicks whose visitor was removed. */
  readonly erased: number;
  /** Rounds left to the next run, because time ran out or another run has begun them. */
  readonly left: number;
  /** Whether a running recount needs the present objects: the next run then compacts all. */
  readonly held?: true;
}

/** One transaction takes 100 actions: these, the generation, and the entry that keeps the inputs for a day. */
const limits = { rows: 100_000, objects: 40 } as const;
const daysOfRound = 50;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Merges the objects that count wrote: one object per day, late rows moved to their day, cancelling changes removed, and erased clicks
 * without their visitor. No sum changes, and no reader sees a partial state. Throws if storage fails: no data are lost.
 * @param outOfTime asked before each round
 */
export async function compact(
  stores: CompactionStores,
  deadline: Deadline,
  outOfTime: () => boolean,
): Promise<Compacted> {
  const { facts } = stores;
  await facts.settle(deadline);
  if (await facts.isRecounted(stores.now(), deadline)) {
    return { rounds: 0, inputs: 0, outputs: 0, erased: 0, left: 0, held: true };
  }
  // The erasures first: the manifest read after them holds every click that was counted before its erasure.
  const erasures = await facts.erasures(deadline);
  const { objects, generation, recount } = await facts.manifest(deadline);
  if (recount !== undefined) throw new Error('a recount was applied to the reports meanwhile');
  const clickIds = erasures.map(({ clickId }) => clickId);
  const rounds = roundsOf(objects, clickIds, limits);
  const erased = new Set(clickIds);
  const done = { rounds: 0, inputs: 0, outputs: 0 };
  let at = generation;
  for (const [index, round] of rounds.entries()) {
    if (outOfTime()) return { ...done, erased: 0, left: rounds.length - index };
    const outputs = await rewritten(round, erased, stores, deadline);
    if (outputs === 'unchanged') continue;
    const kept = { name: stores.newId(), until: stores.now() + dayMilliseconds };
    const outcome = await facts.replace({ generation: at, inputs: round.inputs, outputs, kept }, deadline);
    if (outcome === 'overtaken') return { ...done, erased: 0, left: rounds.length - index };
    at += 1;
    done.rounds += 1;
    done.inputs += round.inputs.length;
    done.outputs += outputs.length;
  }
  for (const erasure of erasures) await facts.erased(erasure, deadline);
  return { ...done, erased: erasures.length, left: 0 };
}

/** Writes and returns the objects that replace the inputs of a round; `unchanged` if they would be the same. */
async function rewritten(
  { set, inputs }: Round,
  erased: ReadonlySet<string>,
  stores: CompactionStores,
  deadline: Deadline,
): Promise<readonly FactObject[] | 'unchanged'> {
  const rows: FactRow[] = [];
  for (const { key } of inputs) {
    for (const row of await stores.files.read(key, set, deadline)) rows.push(row);
  }
  const [first, ...others] = inputs;
  const isAlone = first !== undefined && others.length === 0 && dayOf(first) !== undefined;
  if (isAlone && !rows.some(({ click_id: clickId }) => typeof clickId === 'string' && erased.has(clickId))) {
    return 'unchanged';
  }
  const outputs: FactObject[] = [];
  for (const { day, rows: ofDay } of byDay(set, rows, erased, daysOfRound)) {
    outputs.push(await written(set, day, ofDay, stores, deadline));
  }
  return outputs;
}

async function written(
  set: FactSet,
  day: string,
  rows: readonly FactRow[],
  { files, newId }: CompactionStores,
  deadline: Deadline,
): Promise<FactObject> {
  const key = dayKey(set, day, newId());
  const bytes = await files.write(key, set, rows, deadline);
  return { key, set, rows: rows.length, bytes, ...spanOf(set, rows) };
}

/** Longer than any run takes between writing an object and naming it. */
const leftAlone = dayMilliseconds;

/**
 * Deletes objects that were replaced more than a day ago, and objects of runs that ended before naming them.
 * @returns the number of deleted objects
 */
export async function sweepObjects({ facts, files, now }: CompactionStores, deadline: Deadline): Promise<number> {
  // Lists the bucket first: the manifest, read after it, names every object that was named meanwhile.
  const stored = await files.list(deadline);
  const kept = await facts.kept(now(), deadline);
  const { objects } = await facts.manifest(deadline);
  const gone = leftovers(stored, objects, kept, now() - leftAlone);
  for (const key of gone) await files.remove(key, deadline);
  return gone.length;
}
