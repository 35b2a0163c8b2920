import * as v from 'valibot';

/** Google's form for the wrong fields of a request: google.rpc.BadRequest. */
const violation = v.object({ field: v.string(), description: v.optional(v.string(), '') });
const googleError = v.object({
  error: v.object({
    message: v.optional(v.string(), ''),
    details: v.array(v.object({ fieldViolations: v.optional(v.array(violation), []) })),
  }),
});

/** Returns the words of a source that rejects a request. The fields that it names come first, so that no cut drops them. */
export function rejectionWords(text: string): string {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), googleError), text);
  const violations = read.success ? read.output.error.details.flatMap(({ fieldViolations }) => fieldViolations) : [];
  if (violations.length === 0) return text.trim();
  return violations.map(({ field, description }) => `${field}: ${description}`).join('; ');
}
