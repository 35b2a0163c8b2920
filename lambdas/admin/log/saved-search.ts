import * as v from 'valibot';
import type { FieldProblem } from '../../domain/configuration/reserved-names';
import { canonicalClickId, hasClickIdShape } from '../../domain/click/click-id';
import { savedSearchSchema } from '../../domain/configuration/saved-search';
import { moment } from '../http/query-parameters';
import { postbacksQuery } from './postbacks';

const stretch = v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}[mhd]$/));

const clickId = v.pipe(
  v.string(),
  v.check((text) => hasClickIdShape(canonicalClickId(text)), 'must be a click ID: 32 letters and digits'),
);

const parameters = v.object({
  ...postbacksQuery,
  clickId: v.optional(clickId),
  since: v.optional(
    v.union([stretch, moment], 'must be a stretch such as 24h, or a time such as 2026-11-01T00:00:00Z'),
  ),
});

const { result, reason, warning, requestId } = postbacksQuery;

/** The form of a saved search for writers: the words that the log knows. */
export const savedSearchForm = v.strictObject({ ...savedSearchSchema.entries, result, reason, warning, requestId });

/** Returns the problems of a saved search as parameters of the log, in the words by which the log itself rejects them. */
export function problemsOfSavedSearch(document: object): readonly FieldProblem[] {
  const reading = v.safeParse(parameters, document);
  return (reading.issues ?? []).map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: issue.message }));
}
