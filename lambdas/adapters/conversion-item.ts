import { NumberValueImpl, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { zero } from '../domain/values/amount';
import type { Claim } from '../domain/request/claim';
import type { ClickDetails } from '../domain/conversion/click-details';
import type { Conversion, HistoryEntry, Sighting } from '../domain/conversion/conversion';
import { duplicateModes } from '../domain/values/duplicate-mode';
import type { FoldState } from '../domain/conversion/fold-state';
import { amountText, clickIdText, currencyText, requestIdText, storedStatus, toItem, type Item } from './item';

/** The retry window of rows that the previous version wrote. */
const formerRetryHours = 48;

const claimFields = {
  requestId: requestIdText,
  eventTime: v.number(),
  timeGiven: v.optional(v.boolean(), false),
  wholeDay: v.optional(v.literal(true)),
  receivedAt: v.number(),
  fingerprint: v.string(),
  retryHours: v.optional(v.number(), formerRetryHours),
  sequence: v.optional(v.object({ batch: v.string(), row: v.number() })),
  status: v.optional(storedStatus),
  amount: v.optional(amountText),
  currency: v.optional(currencyText),
  minorDigits: v.optional(v.number()),
  fallback: v.object({
    status: storedStatus,
    amount: v.optional(amountText),
    currency: v.optional(currencyText),
    noPayout: v.optional(v.boolean(), false),
  }),
  homeCurrency: v.optional(currencyText),
  mode: v.picklist(duplicateModes),
  reversal: v.optional(v.picklist(['partial', 'whole'])),
  amountInAll: v.optional(v.literal(true)),
  refundedInAll: v.optional(amountText),
  reinstates: v.optional(v.literal(true)),
  byEvent: v.optional(v.literal(true)),
  anyEvent: v.optional(v.literal(true)),
  sentEvent: v.optional(v.string()),
  order: v.optional(v.string()),
  renewal: v.optional(v.literal(true)),
  ofTransaction: v.optional(v.string()),
  seeks: v.optional(v.picklist(['sale', 'row'])),
  browser: v.optional(v.literal(true)),
};

const claimSchema = v.object(claimFields);

const entryReason = v.picklist([
  'OK',
  'OK_UPDATED',
  'OK_DUPLICATE',
  'OK_STALE',
  'CONFLICTING_DUPLICATE',
  'TRANSITION_REFUSED',
  'CURRENCY_INVALID',
  'AMOUNT_INVALID',
]);

const entrySchema = v.object({
  ...claimFields,
  reason: entryReason,
  /** In the conversion's currency: the previous version knew no other. */
  delta: amountText,
  deltas: v.optional(v.record(v.string(), amountText)),
  lastSeenAt: v.optional(v.number()),
});

const sightingSchema = v.object({
  requestId: requestIdText,
  fingerprint: v.string(),
  receivedAt: v.number(),
  lastSeenAt: v.optional(v.number()),
  held: v.optional(v.literal(true)),
  reason: v.optional(entryReason),
});

const moneySchema = v.object({ amount: amountText, currency: v.optional(currencyText) });

const settledSchema = v.object({
  keyCurrency: v.optional(currencyText),
  currencyAwaits: v.optional(v.picklist(['amount', 'name'])),
  status: v.optional(storedStatus),
  sold: v.boolean(),
  price: v.optional(v.object({ ...moneySchema.entries, named: v.boolean() })),
  corrections: v.optional(moneySchema),
  takenByParts: v.optional(amountText),
  takenInAll: v.optional(amountText),
  unapproved: v.optional(amountText),
  waiting: v.array(claimSchema),
});

const clickSchema = v.object({
  clickedAt: v.number(),
  offer: v.string(),
  subs: v.optional(v.record(v.string(), v.string()), {}),
  externalId: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  ipPrefix: v.optional(v.string()),
  country: v.exactOptional(v.string()),
  bot: v.optional(v.boolean(), false),
});

const conversionSchema = v.object({
  clickId: clickIdText,
  conversionKey: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  campaign: v.string(),
  integration: v.string(),
  source: v.optional(v.string()),
  click: v.optional(clickSchema),
  status: storedStatus,
  amount: amountText,
  amountUnknown: v.optional(v.boolean(), false),
  amountNamed: v.optional(v.boolean()),
  currency: v.optional(currencyText),
  test: v.optional(v.boolean(), false),
  repeated: v.optional(v.boolean(), false),
  version: v.number(),
  recordedAt: v.number(),
  changedAt: v.number(),
  occurredAt: v.optional(v.number()),
  erased: v.optional(v.literal(true)),
  history: v.array(entrySchema),
  settled: v.optional(settledSchema),
  settledClaims: v.optional(v.array(sightingSchema)),
  droppedClaims: v.optional(v.array(sightingSchema)),
  repeats: v.optional(v.array(sightingSchema)),
  meetsMore: v.optional(v.literal(true)),
  metBy: v.optional(v.string()),
});

type StoredClaim = v.InferOutput<typeof claimSchema>;

/**
 * Serialises a conversion. Its amount is a DynamoDB number, exact to the last digit, which reports can sum. The previous version reads
 * the same row, so that its names and required fields must stay.
 */
export function writeConversion(conversion: Conversion): Item {
  const { amount, history, settled, settledClaims, droppedClaims, repeats, click, ...fields } = conversion;
  return toItem({
    ...fields,
    click: click && writeClickDetails(click),
    amount: NumberValueImpl.from(amount ?? zero),
    amountUnknown: amount === undefined || undefined,
    test: fields.test || undefined,
    repeated: fields.repeated || undefined,
    history: history.map((entry) => writeEntry(entry, conversion)),
    settled: settled && { ...settled, waiting: settled.waiting.map(writeClaim) },
    settledClaims: settledClaims?.map(writeSighting),
    droppedClaims: droppedClaims?.map(writeSighting),
    repeats: repeats?.map(writeSighting),
  });
}

/** Serialises a conversion with the time of its write: a queued postback was received long before. */
export function stampedConversion(conversion: Conversion): Item {
  return { ...writeConversion(conversion), storedAt: { N: String(Date.now()) } };
}

/** Returns the time of a row's write in milliseconds since 1970; `undefined` for a row of an earlier release. */
export function storedAtOf({ storedAt }: Item): number | undefined {
  return storedAt?.N === undefined ? undefined : Number(storedAt.N);
}

function writeClickDetails({ subs, bot, ...details }: ClickDetails): object {
  return { ...details, subs: Object.keys(subs).length === 0 ? undefined : subs, bot: bot || undefined };
}

function writeEntry({ deltas, ...entry }: HistoryEntry, { currency }: Conversion): object {
  const inOne = currency === undefined ? Object.values(deltas)[0] : deltas[currency];
  return { ...writeClaim(entry), delta: inOne ?? zero, deltas };
}

function writeClaim({ statement, fallback, ...claim }: Claim): object {
  return {
    ...claim,
    fingerprint: statement,
    timeGiven: claim.timeGiven || undefined,
    fallback: { ...fallback, amount: fallback.amount ?? zero, noPayout: fallback.amount === undefined || undefined },
  };
}

function writeSighting({ statement, ...sighting }: Sighting): object {
  return { ...sighting, fingerprint: statement };
}

export function readConversion(item: Item): Conversion {
  const { amount: stored, ...others } = item;
  const fields: Record<string, unknown> = unmarshall(others);
  const read = v.parse(conversionSchema, { ...fields, amount: stored?.N });
  const { amount, amountUnknown, amountNamed, history, settled, settledClaims, droppedClaims, repeats, ...rest } = read;
  return present<Conversion>({
    ...rest,
    amount: amountUnknown ? undefined : amount,
    amountNamed: amountNamed ?? history.some((entry) => entry.amount !== undefined),
    history: history.map((entry) => readEntry(entry, rest.currency)),
    settled: settled && present<FoldState>({ ...settled, waiting: settled.waiting.map(readClaim) }),
    settledClaims: settledClaims?.map(readSighting),
    droppedClaims: droppedClaims?.map(readSighting),
    repeats: repeats?.map(readSighting),
  });
}

function readSighting({ fingerprint, ...sighting }: v.InferOutput<typeof sightingSchema>): Sighting {
  return present<Sighting>({ ...sighting, statement: fingerprint });
}

function readEntry(stored: v.InferOutput<typeof entrySchema>, currency: string | undefined): HistoryEntry {
  const { reason, delta, deltas, lastSeenAt, ...claim } = stored;
  const former = delta === zero ? {} : { [currency ?? 'XXX']: delta };
  return present<HistoryEntry>({ ...readClaim(claim), reason, deltas: deltas ?? former, lastSeenAt });
}

function readClaim({ fingerprint, fallback, ...stored }: StoredClaim): Claim {
  const { noPayout, ...named } = fallback;
  return present<Claim>({
    ...stored,
    statement: fingerprint,
    fallback: present({ ...named, amount: noPayout ? undefined : named.amount }),
    homeCurrency: stored.homeCurrency ?? fallback.currency,
    reversal: stored.reversal ?? (stored.status === 'reversed' ? 'whole' : undefined),
  });
}

/** Removes the undefined fields of a new row. */
function present<Row extends object>(row: Row): Row {
  for (const [name, value] of Object.entries(row)) if (value === undefined) Reflect.deleteProperty(row, name);
  return row;
}
