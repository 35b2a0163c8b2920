import * as v from 'valibot';
import type { FieldProblem } from '../configuration/reserved-names';
import { reportParameter } from './parameters';
import { resolveQuery } from './report-query';

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

/** What is wrong with a saved report as a query: the words are those with which the query itself is rejected. */
export function problemsOfSavedReport(document: object, now: number): readonly FieldProblem[] {
  const reading = v.safeParse(schema, document);
  if (!reading.success) {
    return reading.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: issue.message }));
  }
  const query = resolveQuery(reading.output, now);
  if (query.ok) return [];
  return Object.entries(query.problems).map(([path, problem]) => ({ path, problem: String(problem) }));
}
