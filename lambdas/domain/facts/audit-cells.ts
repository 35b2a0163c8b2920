import type { FactSet } from './columns';

/** The unit of an audit: everything of one campaign, one quarter of an hour of the click, one event, status and currency. */
export interface CellName {
  readonly set: FactSet;
  readonly campaign: string;
  /** A count of 15-minute steps since 1970, of the click. */
  readonly quarter: number;
  readonly event: string | null;
  readonly status: string | null;
  readonly currency: string | null;
}

/** The number of clicks or conversions, and their money in millionths. */
export interface CellSum {
  readonly count: bigint;
  readonly amount: bigint;
}

export interface Cell extends CellName, CellSum {}

/** Quarters of an hour, both included. */
export interface AuditedPeriod {
  readonly first: number;
  readonly last: number;
}

/** Sums by cell. */
export class Cells {
  private readonly sums = new Map<string, Cell>();

  add(cell: Cell): void {
    const key = keyOf(cell);
    const before = this.sums.get(key);
    const count = cell.count + (before?.count ?? 0n);
    const amount = cell.amount + (before?.amount ?? 0n);
    this.sums.set(key, { ...cell, count, amount });
  }

  sumOf(name: CellName): CellSum {
    const { count, amount } = this.sums.get(keyOf(name)) ?? { count: 0n, amount: 0n };
    return { count, amount };
  }

  /** Cells that come to something. */
  all(): readonly Cell[] {
    return [...this.sums.values()].filter(({ count, amount }) => count !== 0n || amount !== 0n);
  }
}

function keyOf({ set, campaign, quarter, event, status, currency }: CellName): string {
  return JSON.stringify([set, campaign, quarter, event, status, currency]);
}

/** A cell in which the reports say something else than the tables. */
export interface Drift extends CellName {
  readonly stored: CellSum;
  readonly counted: CellSum;
}

/** The cells that differ, in the order of their quarters. */
export function driftBetween(stored: Cells, counted: Cells): readonly Drift[] {
  const names = new Map([...stored.all(), ...counted.all()].map((cell) => [keyOf(cell), cell]));
  return [...names.values()]
    .map(({ set, campaign, quarter, event, status, currency }): Drift => {
      const name = { set, campaign, quarter, event, status, currency };
      return { ...name, stored: stored.sumOf(name), counted: counted.sumOf(name) };
    })
    .filter(({ stored: is, counted: shown }) => is.count !== shown.count || is.amount !== shown.amount)
    .sort((left, right) => left.quarter - right.quarter || (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** The differences that two audits in a row agree on: a change that is about to be counted is none. */
export function lastingDrift(before: readonly Drift[], now: readonly Drift[]): readonly Drift[] {
  const known = new Set(before.map(textOf));
  return now.filter((drift) => known.has(textOf(drift)));
}

function textOf({ stored, counted, ...name }: Drift): string {
  return [keyOf(name), stored.count, stored.amount, counted.count, counted.amount].join();
}

/** Maximum delay of a change on its way to the facts: an audit without a requested end ends this long ago. */
const auditSettlingMilliseconds = 30 * 60_000;
const dayMilliseconds = 86_400_000;

/** Beginning and end of an audit, in milliseconds since 1970: the day before half an hour ago where nothing is said. */
export function auditedTimes(
  since: number | undefined,
  until: number | undefined,
  now: number,
): { readonly start: number; readonly end: number } {
  const end = until ?? now - auditSettlingMilliseconds;
  return { start: since ?? end - dayMilliseconds, end };
}
