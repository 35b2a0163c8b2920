import * as v from 'valibot';
import { amountFormats } from '../values/amount';
import { conversionStatuses } from '../values/status';
import { isTimeZone } from '../values/time-zone';
import { duplicateModes } from '../values/duplicate-mode';
import { presetIds } from '../presets';
import { isAddressOrRange } from '../values/address';
import { currency, displayName, eventName, identifier, ipv4, notBlank, webAddress } from './fields';

const tier = v.picklist(['off', 'report', 'required']);

/** One authentication check: off, reported in log and metrics only, or enforced. */
export type AuthenticationTier = v.InferOutput<typeof tier>;

const word = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(64), v.metadata(notBlank));

/** Deep in a webhook's body a name is long: `notificationItems.0.NotificationRequestItem.additionalData.metadata.clickid`. */
const parameterName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(200),
  v.metadata(notBlank),
);

const parameterNames = v.pipe(v.array(parameterName), v.minLength(1, 'must hold at least one name'), v.maxLength(20));

const addressRange = v.pipe(
  v.string(),
  v.trim(),
  v.check(isAddressOrRange, 'must be an address or a CIDR range such as "203.0.113.0/24" or "2001:db8::/32"'),
  v.metadata({
    anyOf: [
      { format: 'ipv4' },
      { format: 'ipv6' },
      { pattern: `^${ipv4}/(3[0-2]|[12]?[0-9])$` },
      { pattern: String.raw`^([0-9A-Fa-f]{1,4}:){1,7}:/(12[0-8]|1[01]\d|\d?\d)$` },
    ],
    examples: ['203.0.113.0/24', '2001:db8::/32'],
  }),
);

/** The meaning of a sender's word: a status of ours, or nothing that counts. */
const statusWord = v.picklist([...conversionStatuses, 'ignore']);

/** The results that may have a separate answer. */
export const replyResults = [
  'recorded',
  'updated',
  'duplicate',
  'ignored',
  'queued',
  'test',
  'rejected',
  'dry_run',
] as const;

const replyText = v.pipe(v.string(), v.maxLength(1000));

const timeZone = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(64),
  v.check(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin" or "America/New_York"'),
  v.metadata({ enum: ['UTC', ...Intl.supportedValuesOf('timeZone')], examples: ['Europe/Berlin'] }),
);

const defaultAuthentication = { token: 'required', hmac: 'off', ip: 'off' } as const;

export const integrationSchema = v.pipe(
  v.strictObject({
    name: displayName,
    preset: v.picklist(presetIds, `must be one of ${presetIds.join(', ')}`),
    currency: v.optional(currency),
    parameters: v.optional(
      v.strictObject({
        clickId: v.optional(parameterNames),
        amount: v.optional(parameterNames),
        transactionId: v.optional(parameterNames),
        event: v.optional(parameterNames),
        status: v.optional(parameterNames),
        currency: v.optional(parameterNames),
        timestamp: v.optional(parameterNames),
        /** Parameters in which a reversal names the total that was taken back, beside an amount that is the order's. */
        reversedInAll: v.optional(parameterNames),
        /** Parameters in which a sale names what was refunded of it so far; `refunds.*.total` adds up a list. */
        refundedSoFar: v.optional(parameterNames),
      }),
    ),
    /** Parameters beside the fields whose values the postback log may keep: never one with personal data. */
    logParameters: v.optional(v.pipe(v.array(parameterName), v.maxLength(50))),
    statuses: v.optional(v.record(word, statusWord)),
    /** The event that a word means; `ignore` for what is no conversion. */
    events: v.optional(v.record(word, eventName)),
    strictEvents: v.optional(v.boolean()),
    duplicates: v.optional(
      v.strictObject({
        default: v.optional(v.picklist(duplicateModes)),
        events: v.optional(v.record(eventName, v.picklist(duplicateModes))),
      }),
    ),
    auth: v.optional(
      v.strictObject({
        token: v.optional(tier, defaultAuthentication.token),
        hmac: v.optional(tier, defaultAuthentication.hmac),
        ip: v.optional(tier, defaultAuthentication.ip),
      }),
      defaultAuthentication,
    ),
    ipAllowlist: v.optional(v.pipe(v.array(addressRange), v.maxLength(200))),
    signatureToleranceSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(604_800))),
    /** The answer as a literal text: one for all that is taken, or one per result. `rejected` and `dry_run` answer in JSON unless named. */
    reply: v.optional(
      v.strictObject({ literal: v.optional(replyText), ...v.entriesFromList(replyResults, v.optional(replyText)) }),
    ),
    respond: v.optional(v.picklist(['verdict', 'always-200'])),
    adjustments: v.optional(v.boolean()),
    /** Read as `amountFormat: "1.234,56"`, which takes its place. */
    decimalComma: v.optional(v.boolean()),
    amountFormat: v.optional(v.picklist(amountFormats)),
    /** Currency codes of the sender's that ISO 4217 does not have: `{"PES": "ARS"}`. */
    currencies: v.optional(v.record(word, currency)),
    /** The zone of times that name none; UTC where this is absent. */
    timeZone: v.optional(timeZone),
    /** Hours within which a request that comes again is the sender's own retry. */
    retryWindow: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(336))),
    /** Whether a reversal of a smaller amount takes back that part, or every reversal the whole. */
    reversals: v.optional(v.picklist(['partial', 'whole'])),
    /** Pages that a redirect postback may send its visitor to, by the name that its URL gives. */
    destinations: v.optional(v.record(identifier, webAddress)),
  }),
  v.forward(
    v.check(
      ({ auth, ipAllowlist }) => auth.ip === 'off' || (ipAllowlist ?? []).length > 0,
      'must hold at least one address where auth.ip is not "off"',
    ),
    ['ipAllowlist'],
  ),
  v.metadata({
    if: {
      required: ['auth'],
      properties: { auth: { required: ['ip'], properties: { ip: { enum: ['report', 'required'] } } } },
    },
    // eslint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
    then: { required: ['ipAllowlist'], properties: { ipAllowlist: { minItems: 1 } } },
  }),
);

/** One party that sends us postbacks: its parameter names, its words, how it authenticates. */
export type Integration = v.InferOutput<typeof integrationSchema>;

/** The numbers of the keys that an integration may sign and identify with: at most two at a time. */
export interface IntegrationKeys {
  readonly current: number;
  readonly previous?: number;
}
