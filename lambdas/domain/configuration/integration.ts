import ipaddr from 'ipaddr.js';
import * as v from 'valibot';
import { conversionStatuses } from '../conversion/status';
import { duplicateModes } from '../conversion/duplicate-mode';
import { presetIds } from '../presets';
import { currency, displayName, eventName, ipv4, notBlank } from './fields';

const tier = v.picklist(['off', 'report', 'required']);

/** One authentication check: off, told in log and metrics but let pass, or enforced. */
export type AuthenticationTier = v.InferOutput<typeof tier>;

const word = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(64), v.metadata(notBlank));

const parameterNames = v.pipe(v.array(word), v.minLength(1, 'must hold at least one name'), v.maxLength(20));

const addressRange = v.pipe(
  v.string(),
  v.trim(),
  v.check(
    // "10" and "192.168" are also addresses to some, and never the ones that were meant.
    (text) => (ipaddr.isValid(text) || ipaddr.isValidCIDR(text)) && /:|^\d+\.\d+\.\d+\.\d+(?:\/|$)/.test(text),
    'must be an address or a CIDR range such as "203.0.113.0/24" or "2001:db8::/32"',
  ),
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

export const defaultAuthentication = { token: 'required', hmac: 'off', ip: 'off' } as const;

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
      }),
    ),
    /** Parameters beside the fields whose values the postback log may keep: never one that tells of a person. */
    logParameters: v.optional(v.pipe(v.array(word), v.maxLength(50))),
    statuses: v.optional(v.record(word, v.picklist(conversionStatuses))),
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
    reply: v.optional(v.strictObject({ literal: v.pipe(v.string(), v.maxLength(1000)) })),
    respond: v.optional(v.picklist(['verdict', 'always-200'])),
    adjustments: v.optional(v.boolean()),
    decimalComma: v.optional(v.boolean()),
    /** Hours in which the same request is the sender's own retry. */
    retryWindow: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(336))),
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

/** One party that sends us postbacks: its names, its words, what it must show to be believed. */
export type Integration = v.InferOutput<typeof integrationSchema>;

/** The numbers of the keys that an integration may sign and identify with: at most two at a time. */
export interface IntegrationKeys {
  readonly current: number;
  readonly previous?: number;
}
