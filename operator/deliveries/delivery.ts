import * as v from 'valibot';

/** A delivery, as `GET /deliveries` shows it. */
export const delivery = v.looseObject({
  id: v.string(),
  source: v.string(),
  postback: v.string(),
  clickId: v.string(),
  conversionKey: v.string(),
  event: v.string(),
  status: v.string(),
  amount: v.optional(v.string()),
  currency: v.optional(v.string()),
  state: v.string(),
  reason: v.optional(v.string()),
  detail: v.optional(v.string()),
  attempts: v.number(),
  dueAt: v.optional(v.string()),
  createdAt: v.string(),
  firstTriedAt: v.optional(v.string()),
  lastTriedAt: v.optional(v.string()),
  request: v.optional(v.looseObject({ method: v.string(), url: v.string() })),
  answer: v.optional(v.looseObject({ httpStatus: v.optional(v.number()), text: v.string() })),
});

export type Delivery = v.InferOutput<typeof delivery>;
