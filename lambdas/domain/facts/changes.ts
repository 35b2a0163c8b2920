import type { Click } from '../click/click';
import type { Conversion } from '../conversion/conversion';
import { clickFact, type Lookups } from './click-fact';
import { conversionContribution, rowsBetween } from './conversion-fact';
import { rowWithoutVisitor, type ClickFact, type ConversionFact } from './rows';

/** A click whose person was erased: its counted row loses the person's data. */
export interface Erasure {
  readonly clickId: string;
}

/** Additions of one table's changes to the facts. */
export interface Changes<Row> {
  readonly rows: readonly Row[];
  readonly erasure?: Erasure;
}

/** A click before or after a change; `erased` is its tombstone. */
export type ClickImage = Click | 'erased' | undefined;

const nothing = { rows: [] } as const;

/**
 * A click counts once, when it is stored. One that expires stays counted, and so does one that is erased, without what came from the
 * visitor; also where its row had expired before.
 */
export function clickChanges(
  clickId: string,
  before: ClickImage,
  after: ClickImage,
  lookups: Lookups,
): Changes<ClickFact> {
  if (after === 'erased') return before === 'erased' ? nothing : { rows: [], erasure: { clickId } };
  if (after === undefined || before !== undefined) return nothing;
  return { rows: [clickFact(after, lookups)] };
}

/**
 * A conversion counts in its current state: each change subtracts the previous state and adds the new one. An erasure changes no number.
 * @param at when the change was written, in milliseconds since 1970: for one that is deleted, which says no time
 */
export function conversionChanges(
  before: Conversion | undefined,
  after: Conversion | undefined,
  at: number,
  lookups: Lookups,
): Changes<ConversionFact> {
  const previous = before && conversionContribution(before, lookups);
  const current = after && conversionContribution(after, lookups);
  const isErased = after?.erased === true;
  const rows = rowsBetween(
    isErased && previous ? rowWithoutVisitor(previous) : previous,
    current,
    after?.changedAt ?? at,
  );
  return isErased && before?.erased !== true ? { rows, erasure: { clickId: after.clickId } } : { rows };
}
