import * as v from 'valibot';
import { displayName } from './fields';

/** A parameter of a report, as a query string has it; the rules of reports check its values. */
const parameter = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(2000));

export const savedReportSchema = v.strictObject({
  name: v.optional(displayName),
  from: v.optional(parameter),
  to: v.optional(parameter),
  days: v.optional(parameter),
  timezone: v.optional(parameter),
  by: v.optional(parameter),
  group: v.optional(parameter),
  metrics: v.optional(parameter),
  filter: v.optional(parameter),
  currency: v.optional(parameter),
  sort: v.optional(parameter),
  limit: v.optional(parameter),
});

/** A report that a team asks for again: the parameters of `GET /reports` under a name. */
export type SavedReport = v.InferOutput<typeof savedReportSchema>;
