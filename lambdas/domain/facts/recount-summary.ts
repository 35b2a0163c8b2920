import { Cells, type Cell } from './audit-cells';
import type { ConversionFact, FactRow } from './rows';

/** Sums of a recount's changes to the facts, or of the remaining rows. */
export interface RecountSums {
  /** Clicks that were not counted, and copies of clicks that were. */
  readonly clicksAdded: number;
  readonly copiesRemoved: number;
  /** Rows of conversions; the cells have their sums. */
  readonly corrections: number;
}

export const noSums: RecountSums = { clicksAdded: 0, copiesRemoved: 0, corrections: 0 };

export function addSums(left: RecountSums, right: RecountSums): RecountSums {
  return {
    clicksAdded: left.clicksAdded + right.clicksAdded,
    copiesRemoved: left.copiesRemoved + right.copiesRemoved,
    corrections: left.corrections + right.corrections,
  };
}

/** By how much each cell changes; cells that come to nothing are none. */
export function changedCells(
  added: readonly FactRow[],
  removed: readonly FactRow[],
  conversions: readonly ConversionFact[],
): readonly Cell[] {
  const cells = new Cells();
  for (const row of added) cells.add(clickCell(row, 1n));
  for (const row of removed) cells.add(clickCell(row, -1n));
  for (const { campaign, click_quarter: quarter, event, status, currency, count, amount } of conversions) {
    const name = { set: 'conversions', campaign, quarter: Number(quarter), event, status, currency } as const;
    cells.add({ ...name, count, amount: amount ?? 0n });
  }
  return cells.all();
}

function clickCell({ campaign, click_quarter: quarter }: FactRow, count: bigint): Cell {
  const nothing = { event: null, status: null, currency: null } as const;
  return { set: 'clicks', campaign: String(campaign), quarter: Number(quarter), ...nothing, count, amount: 0n };
}
