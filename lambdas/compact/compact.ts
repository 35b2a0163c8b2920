import type { Deadline } from '../adapters/deadline';
import type { FactFiles } from '../adapters/fact-files';
import type { FactsCompaction } from '../adapters/facts-compaction';
import { byDay, leftovers, roundsOf, type Round } from '../domain/facts/compaction-plan';
import type { FactSet } from '../domain/facts/columns';
import type { FactObject } from '../domain/facts/manifest';
import { dayKey, dayOf } from '../domain/facts/object-key';
import { spanOf } from '../domain/facts/object-span';
import type { FactRow } from '../domain/facts/rows';

/** What compaction reads and writes. */
export interface CompactionStores {
  readonly facts: FactsCompaction;
  readonly files: FactFiles;
  /** An ID that no other object has. */
  newId(): string;
  now(): number;
}

/** What a run came to. */
export interface Compacted {
  readonly rounds: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Clicks that lost their visitor. */
  readonly erased: number;
  /** Rounds that there was no time for, or that another run has begun: the next run does them. */
  readonly left: number;
  /** Whether a recount was under way, which needs the objects that it compares: the next run does everything. */
  readonly held?: true;
}

/** One transaction takes 100 actions: these, the generation, and the note of what stays for a day. */
const limits = { rows: 100_000, objects: 40 } as const;
const daysOfRound = 50;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Puts together what count wrote: objects of one day become one, late rows go to their day, changes that cancel go, and erased clicks lose
 * their visitor. No sum changes by it, and no reader sees a part of it. Throws where storage does not take part: nothing is lost.
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
  // In this order: whatever was counted with an erasure, or before it, is in the manifest.
  const erasures = await facts.erasures(deadline);
  const { objects, generation, recount } = await facts.manifest(deadline);
  if (recount !== undefined) throw new Error('a recount was taken into the reports meanwhile');
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

/** The objects that take the place of a round's, once they lie in the bucket; `unchanged` where they would be the same. */
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

/** Longer than any run takes from writing an object to naming it. */
const leftAlone = dayMilliseconds;

/**
 * Deletes what no reader needs: objects that others have replaced a day ago, and those of runs that ended before they named them.
 * @returns how many
 */
export async function sweepObjects({ facts, files, now }: CompactionStores, deadline: Deadline): Promise<number> {
  // What lies there is asked first: an object that is named by now is in the manifest that is read after it.
  const stored = await files.list(deadline);
  const kept = await facts.kept(now(), deadline);
  const { objects } = await facts.manifest(deadline);
  const gone = leftovers(stored, objects, kept, now() - leftAlone);
  for (const key of gone) await files.remove(key, deadline);
  return gone.length;
}
