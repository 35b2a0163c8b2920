import * as v from 'valibot';

/** The session of the console's server. */
export const session = v.looseObject({
  stage: v.string(),
  region: v.optional(v.string()),
  account: v.optional(v.string()),
  identity: v.string(),
  version: v.string(),
  publicUrl: v.string(),
  protected: v.boolean(),
  mayWrite: v.boolean(),
  local: v.boolean(),
});

/** A document of any kind, with what GET adds to it. Its own fields are kept as they came. */
export const storedDocument = v.looseObject({
  id: v.string(),
  version: v.number(),
  updatedAt: v.string(),
  updatedBy: v.string(),
  name: v.optional(v.string()),
  deleted: v.optional(v.boolean()),
  changed: v.optional(v.boolean()),
  warnings: v.optional(v.array(v.object({ path: v.string(), message: v.string() })), []),
  problems: v.optional(v.array(v.object({ path: v.string(), problem: v.string() })), []),
});
export type StoredDocument = v.InferOutput<typeof storedDocument>;

export const preset = v.looseObject({
  id: v.string(),
  name: v.string(),
  pasteInto: v.string(),
  statuses: v.record(v.string(), v.string()),
  events: v.record(v.string(), v.string()),
  notes: v.array(v.string()),
});
export type Preset = v.InferOutput<typeof preset>;

const askedOfAPerson = v.array(v.object({ name: v.string(), where: v.string(), required: v.boolean() }));

/** A traffic source that the tracker knows. */
export const sourceTemplate = v.looseObject({
  id: v.string(),
  name: v.string(),
  kind: v.string(),
  method: v.string(),
  url: v.string(),
  link: v.record(v.string(), v.string()),
  clickParameter: v.optional(v.string()),
  account: askedOfAPerson,
  secrets: askedOfAPerson,
  currencies: v.optional(v.array(v.string())),
  confidence: v.string(),
  notes: v.array(v.string()),
});
export type SourceTemplate = v.InferOutput<typeof sourceTemplate>;

/** The request to a source by a test, secrets masked, and its answer. */
export const sourceTest = v.looseObject({
  postback: v.string(),
  outcome: v.string(),
  reason: v.string(),
  detail: v.optional(v.string()),
  request: v.optional(
    v.looseObject({
      method: v.string(),
      url: v.string(),
      headers: v.record(v.string(), v.string()),
      body: v.optional(v.string()),
    }),
  ),
  answer: v.optional(v.looseObject({ httpStatus: v.optional(v.number()), text: v.string() })),
});
export type SourceTest = v.InferOutput<typeof sourceTest>;

export const integrationKeys = v.looseObject({
  items: v.array(v.looseObject({ kid: v.string(), current: v.boolean(), lastUsedAt: v.optional(v.string()) })),
});

export const postbackUrl = v.looseObject({ url: v.string() });

export const credentials = v.looseObject({
  url: v.string(),
  token: v.string(),
  hmac: v.looseObject({ kid: v.string(), secret: v.string() }),
});

export const click = v.looseObject({
  clickId: v.string(),
  campaign: v.string(),
  integration: v.string(),
  offer: v.string(),
  source: v.optional(v.string()),
  subs: v.record(v.string(), v.string()),
  parameters: v.record(v.string(), v.string()),
  externalId: v.optional(v.string()),
  cost: v.optional(v.string()),
  test: v.boolean(),
  bot: v.boolean(),
  userAgent: v.optional(v.string()),
  ipPrefix: v.optional(v.string()),
  clickedAt: v.string(),
  expiresAt: v.string(),
});

export const batch = v.looseObject({
  batchId: v.string(),
  rows: v.number(),
  judged: v.number(),
  pending: v.number(),
  done: v.boolean(),
});

/** One page of a list. */
export function pageOf<Item>(item: v.GenericSchema<unknown, Item>) {
  return v.looseObject({ items: v.array(item), cursor: v.optional(v.string()) });
}

const verdict = v.looseObject({
  reason: v.string(),
  message: v.string(),
  requestId: v.optional(v.string()),
  warnings: v.optional(v.array(v.looseObject({ code: v.string(), message: v.string() })), []),
});

/** A postback field by field: the value as sent, and as read. */
export const explanation = v.looseObject({
  logged: v.optional(verdict),
  today: v.optional(verdict),
  fields: v.array(
    v.looseObject({
      field: v.string(),
      parameter: v.optional(v.string()),
      sent: v.optional(v.string()),
      readAs: v.optional(v.string()),
      assumed: v.optional(v.boolean(), false),
      wrong: v.optional(v.boolean(), false),
    }),
  ),
  unread: v.array(v.string()),
  integration: v.optional(v.string()),
  advice: v.optional(v.looseObject({ who: v.string(), what: v.string() })),
  remarks: v.array(v.string()),
});
export type Explanation = v.InferOutput<typeof explanation>;

const counts = v.record(v.string(), v.number());

/** The output of `tracker status --json`. */
export const status = v.looseObject({
  at: v.string(),
  troubles: v.array(
    v.looseObject({
      urgency: v.string(),
      sentence: v.string(),
      isOver: v.optional(v.boolean()),
      next: v.optional(v.string()),
      runbook: v.optional(v.string()),
    }),
  ),
  counts: v.looseObject({ 5: counts, 15: counts, 60: counts }),
  queues: v.looseObject({ retry: v.number(), dead: v.number(), oldestRetrySeconds: v.optional(v.number()) }),
  alarms: v.array(v.looseObject({ name: v.string() })),
  alarmsWatched: v.number(),
  countedSince: v.optional(v.string()),
});
export type Status = v.InferOutput<typeof status>;
