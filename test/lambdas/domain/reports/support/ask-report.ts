import * as v from 'valibot';
import { ratesInto, type DayRates } from '../../../../../lambdas/domain/reports/conversion-rates';
import { reportParameter } from '../../../../../lambdas/domain/reports/parameters';
import { reportOf, type Report } from '../../../../../lambdas/domain/reports/report';
import { resolveQuery, type ReportQuery } from '../../../../../lambdas/domain/reports/report-query';
import { reportSql } from '../../../../../lambdas/domain/reports/report-sql';
import { noCosts, type Costs } from '../../../../../lambdas/domain/reports/costs';
import { startCounting } from '../../../../../lambdas/domain/reports/tally';
import type { FactStore } from './duckdb';

/** Parameters as a query string has them. */
export type Asked = Readonly<
  Partial<
    Record<
      'from' | 'to' | 'days' | 'timezone' | 'by' | 'group' | 'metrics' | 'filter' | 'currency' | 'sort' | 'limit',
      string
    >
  >
>;

const schema = v.object({
  from: v.optional(reportParameter.periodEnd),
  to: v.optional(reportParameter.periodEnd),
  days: v.optional(reportParameter.days),
  timezone: v.optional(reportParameter.timeZone),
  by: v.optional(reportParameter.by),
  group: v.optional(reportParameter.groups),
  metrics: v.optional(reportParameter.metrics),
  filter: v.optional(reportParameter.filters),
  currency: v.optional(reportParameter.currency),
  sort: v.optional(reportParameter.order),
  limit: v.optional(reportParameter.rows),
});

const now = Date.parse('2026-11-29T12:00:00Z');

export function queryOf(asked: Asked): ReportQuery {
  const reading = resolveQuery(v.parse(schema, asked), now);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.query;
}

/** What is wrong with parameters, in the words of the answer; empty where nothing is. */
export function problemsOf(asked: Asked): readonly string[] {
  const parameters = v.safeParse(schema, asked);
  if (!parameters.success) return parameters.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
  const reading = resolveQuery(parameters.output, now);
  return reading.ok ? [] : Object.entries(reading.problems).map(([path, problem]) => `${path}: ${problem}`);
}

export async function askReport(
  store: FactStore,
  asked: Asked,
  { costs: some = {}, rates = [] }: { readonly costs?: Partial<Costs>; readonly rates?: readonly DayRates[] } = {},
): Promise<Report> {
  const query = queryOf(asked);
  const costs = { ...noCosts, covered: some.spends ?? [], ...some };
  const sql = reportSql(query, store.objects, { base: store.base }, costs);
  const rows = sql === undefined ? [] : await store.ask(sql);
  const rateOf = query.currency === undefined ? undefined : ratesInto(query.currency, rates);
  const counting = startCounting(query, costs, rateOf);
  for (const row of rows) counting.add(row);
  return reportOf(query, counting.result());
}
