import * as v from 'valibot';

/** What `GET /integrations/{id}/postback-url` answers. */
export const postbackUrlAnswer = v.looseObject({
  integration: v.string(),
  version: v.number(),
  url: v.string(),
  token: v.string(),
  hmac: v.looseObject({ kid: v.string(), secret: v.string() }),
  previousKid: v.optional(v.string()),
  /** The live keys; when each was last used is known within the hour. */
  keys: v.optional(
    v.array(v.looseObject({ kid: v.string(), current: v.boolean(), lastUsedAt: v.optional(v.string()) })),
    [],
  ),
  auth: v.looseObject({ token: v.string(), hmac: v.string(), ip: v.string() }),
  pasteInto: v.string(),
  expectedAnswer: v.optional(v.string()),
  notes: v.optional(v.array(v.string()), []),
});

export type PostbackUrlAnswer = v.InferOutput<typeof postbackUrlAnswer>;
