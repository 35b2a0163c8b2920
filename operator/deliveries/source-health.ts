import * as v from 'valibot';

/** The health of a source, as `GET /sources/{id}/health` shows it. */
export const sourceHealth = v.looseObject({
  source: v.string(),
  state: v.string(),
  unaccepted: v.number(),
  unacceptedSince: v.optional(v.string()),
  nextAttemptAt: v.optional(v.string()),
  suspendedAt: v.optional(v.string()),
});

export type ShownSourceHealth = v.InferOutput<typeof sourceHealth>;

/** Advises a person about a source to which deliveries wait; returns nothing for one that is called as usual. */
export function sourceHealthAdvice({ state }: ShownSourceHealth): string | undefined {
  if (state === 'suspended')
    return 'Correct its postback: a changed document or an accepted trial ends the suspension.';
  return state === 'unreachable' ? 'Compare the URL of its postback with that of the source, or wait.' : undefined;
}
