import * as v from 'valibot';

/** How Google says which fields of a request are wrong: google.rpc.BadRequest. */
const violation = v.object({ field: v.string(), description: v.optional(v.string(), '') });
const googleError = v.object({
  error: v.object({
    message: v.optional(v.string(), ''),
    details: v.array(v.object({ fieldViolations: v.optional(v.array(violation), []) })),
  }),
});

/** What a source says of a request that it rejects. The fields that it names come first, so that no cut takes them. */
export function rejectionWords(text: string): string {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), googleError), text);
  const violations = read.success ? read.output.error.details.flatMap(({ fieldViolations }) => fieldViolations) : [];
  if (violations.length === 0) return text.trim();
  return violations.map(({ field, description }) => `${field}: ${description}`).join('; ');
}
