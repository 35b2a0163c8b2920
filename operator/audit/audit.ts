import * as v from 'valibot';
import { Cells, driftBetween, lastingDrift, type Cell, type Drift } from '../../lambdas/domain/facts/audit-cells';
import { quarterOf } from '../../lambdas/domain/facts/columns';
import { millionthsOfSum } from '../../lambdas/domain/reports/millionths';
import type { AdminApi } from '../api/admin-api';
import { delay } from '../delay';

/** A cell in a response of the admin API. */
export const cellAnswer = v.looseObject({
  set: v.picklist(['clicks', 'conversions']),
  campaign: v.string(),
  quarter: v.pipe(v.string(), v.isoTimestamp()),
  event: v.nullable(v.string()),
  status: v.nullable(v.string()),
  currency: v.nullable(v.string()),
  count: v.pipe(v.number(), v.integer()),
  amount: v.pipe(v.string(), v.regex(/^-?\d+(\.\d{1,6})?$/)),
});
const storedAnswer = v.looseObject({
  cells: v.array(cellAnswer),
  erased: v.array(v.string()),
  scanned: v.number(),
  cursor: v.optional(v.string()),
});
const countedAnswer = v.looseObject({
  version: v.string(),
  countedThrough: v.optional(v.string()),
  cells: v.array(cellAnswer),
});

/** The period of an audit, by the times of the clicks; ISO 8601, the end excluded. */
export interface AuditPeriod {
  readonly since: string;
  readonly until: string;
}

export interface AuditResult extends AuditPeriod {
  /** Version of the facts in the last comparison. */
  readonly version: string;
  readonly countedThrough?: string;
  /** Non-empty cells, and rows that were read. */
  readonly cells: number;
  readonly scanned: number;
  readonly drift: readonly Drift[];
}

/** Maximum rounds: a change on its way to the facts differs only until it arrives. */
const rounds = 5;

/**
 * Compares the rows of the tables with the reports, cell by cell. A difference is drift if two consecutive rounds find it; the rounds are
 * `pauseMilliseconds` apart.
 */
export async function auditReports(
  api: AdminApi,
  period: AuditPeriod,
  pauseMilliseconds: number,
): Promise<AuditResult> {
  let before: readonly Drift[] = [];
  for (let round = 1; ; round++) {
    const { stored, scanned, version, countedThrough, drift: now } = await comparedCells(api, period);
    const drift = lastingDrift(before, now);
    if (now.length === drift.length || round === rounds) {
      const seen = countedThrough !== undefined && { countedThrough };
      return { ...period, version, ...seen, cells: stored.all().length, scanned, drift };
    }
    before = now;
    await delay(pauseMilliseconds);
  }
}

/** Compares the cells of the tables with those of the reports once. */
export async function comparedCells(api: AdminApi, period: AuditPeriod) {
  const { stored, erased, scanned } = await storedCells(api, period);
  const { counted, version, countedThrough } = await countedCells(api, period, erased);
  return { stored, counted, scanned, version, countedThrough, drift: driftBetween(stored, counted) };
}

/** Adds up the cells of the tables, page by page. */
async function storedCells(
  api: AdminApi,
  { since, until }: AuditPeriod,
): Promise<{ readonly stored: Cells; readonly erased: readonly string[]; readonly scanned: number }> {
  const stored = new Cells();
  const erased = new Set<string>();
  let scanned = 0;
  let cursor: string | undefined;
  do {
    const query = { since, until, cursor };
    const page = await api.call('GET', ['reports', 'audit', 'stored'], storedAnswer, { query });
    page.cells.map(cellOfAnswer).forEach((cell) => stored.add(cell));
    page.erased.forEach((clickId) => erased.add(clickId));
    scanned += page.scanned;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { stored, erased: [...erased], scanned };
}

/** Returns the cells of the reports, without erased clicks. */
async function countedCells(api: AdminApi, { since, until }: AuditPeriod, erased: readonly string[]) {
  const body = { since, until, erased };
  const answer = await api.call('POST', ['reports', 'audit', 'counted'], countedAnswer, { body });
  const counted = new Cells();
  answer.cells.map(cellOfAnswer).forEach((cell) => counted.add(cell));
  return { counted, version: answer.version, countedThrough: answer.countedThrough };
}

export function cellOfAnswer({ quarter, count, amount, ...names }: v.InferOutput<typeof cellAnswer>): Cell {
  const { set, campaign, event, status, currency } = names;
  const name = { set, campaign, event, status, currency, quarter: quarterOf(Date.parse(quarter)) };
  return { ...name, count: BigInt(count), amount: millionthsOfSum(amount) };
}
