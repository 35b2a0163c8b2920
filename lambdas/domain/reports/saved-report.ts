import * as v from 'valibot';
import { displayName } from '../configuration/fields';
import type { FieldProblem } from '../configuration/reserved-names';
import { reportParameter } from './parameters';
import { resolveQuery } from './report-query';

const parameters = {
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
};
const schema = v.object(parameters);

const wholeNumber = (pattern: RegExp) => v.optional(v.pipe(v.string(), v.regex(pattern)));

/** The form of a saved report for writers: the parameters of a report as texts. */
export const savedReportForm = v.strictObject({
  name: v.optional(displayName),
  ...parameters,
  days: wholeNumber(/^([1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-5]\d|3660)$/),
  limit: wholeNumber(/^([1-9]\d{0,3}|10000)$/),
});

/** Returns the problems of a saved report as a query, in the words by which the query itself is rejected. */
export function problemsOfSavedReport(document: object, now: number): readonly FieldProblem[] {
  const reading = v.safeParse(schema, document);
  if (!reading.success) {
    return reading.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: issue.message }));
  }
  const query = resolveQuery(reading.output, now);
  if (query.ok) return [];
  return Object.entries(query.problems).map(([path, problem]) => ({ path, problem: String(problem) }));
}
