import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { tableKey } from '../contract';
import { factKind } from './fact-items';
import { toItem, type Item } from './item';

const { partition, sort } = tableKey.facts;

/** The name of the one row. */
export const recountName = 'current';

/** `repair` recounts a period; `rebuild` everything, for a stage that counted nothing, or wrongly, before. */
export const recountPurposes = ['repair', 'rebuild'] as const;

/** Scans the tables, compares slice by slice, removes copies from objects; then it can be applied to the reports. */
export const recountPhases = ['scanning', 'comparing', 'cleaning', 'ready', 'taken'] as const;

const position = v.union([v.picklist(['start', 'end']), v.record(v.string(), v.string())]);
const stateSchema = v.object({
  id: v.string(),
  purpose: v.picklist(recountPurposes),
  phase: v.picklist(recountPhases),
  /** Quarters of the clicks, both included. */
  first: v.number(),
  last: v.number(),
  author: v.string(),
  startedAt: v.number(),
  touchedAt: v.number(),
  /** The generation at its beginning: under another one, other objects count than it has compared. */
  generation: v.number(),
  /** Number of finished steps: each is on condition that no concurrent run did it. */
  step: v.number(),
  clicks: v.array(position),
  conversions: v.array(position),
  /** The position where the comparison continues. */
  from: v.number(),
  scanned: v.number(),
  /** Rows that are too recent, and rows that cannot be read. */
  young: v.number(),
  unreadable: v.number(),
  sums: v.object({ clicksAdded: v.number(), copiesRemoved: v.number(), corrections: v.number() }),
});

export type RecountState = Readonly<v.InferOutput<typeof stateSchema>>;

/** An abandoned recount ends after this time, and compaction continues. */
const recountLapseMilliseconds = 2 * 60 * 60 * 1000;

export function isUnderWay({ phase, touchedAt }: Pick<RecountState, 'phase' | 'touchedAt'>, now: number): boolean {
  return phase !== 'taken' && now - touchedAt < recountLapseMilliseconds;
}

export function writeRecountState(state: RecountState): Item {
  return toItem({ [partition]: factKind.recount, [sort]: recountName, ...state });
}

export function readRecountState(item: Item): RecountState {
  return v.parse(stateSchema, unmarshall(item));
}
