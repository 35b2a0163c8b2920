import * as v from 'valibot';

/** The deliveries to a source on one day by one postback, as `GET /sources/{id}/days` shows them. */
export const sourceDay = v.looseObject({
  day: v.string(),
  postback: v.string(),
  conversions: v.number(),
  deliveries: v.number(),
  eligible: v.number(),
  sent: v.number(),
  states: v.looseObject({
    due: v.number(),
    delivered: v.number(),
    failed: v.number(),
    exhausted: v.number(),
    skipped: v.number(),
    superseded: v.number(),
    held: v.number(),
  }),
  reasons: v.array(
    v.looseObject({
      state: v.string(),
      reason: v.optional(v.string()),
      words: v.optional(v.string()),
      count: v.number(),
    }),
  ),
});

export type SourceDay = v.InferOutput<typeof sourceDay>;
