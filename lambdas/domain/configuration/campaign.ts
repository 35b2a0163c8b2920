import * as v from 'valibot';
import { browserSchema } from './browser';
import { displayName, eventName, identifier, payout, webAddress } from './fields';

const offer = v.strictObject({
  id: identifier,
  url: webAddress,
  weight: v.pipe(v.number(), v.minValue(0, 'must be 0 or more'), v.maxValue(1_000_000), v.finite()),
  status: v.optional(v.picklist(['active', 'paused'])),
});

export const defaultAttribution = { maxAgeDays: 90, minAgeSeconds: 0 } as const;

export const campaignSchema = v.strictObject({
  name: displayName,
  integration: identifier,
  status: v.picklist(['active', 'paused']),
  offers: v.pipe(
    v.array(offer),
    v.minLength(1, 'must hold at least one offer'),
    v.maxLength(100),
    v.check((offers) => new Set(offers.map(({ id }) => id)).size === offers.length, 'must not repeat an offer ID'),
    v.check(
      (offers) => offers.some(({ weight, status }) => weight > 0 && status !== 'paused'),
      'must hold at least one active offer with a weight above 0',
    ),
    v.metadata({
      description: 'Each with an ID of its own',
      contains: {
        required: ['weight'],
        properties: { weight: { exclusiveMinimum: 0 }, status: { const: 'active' } },
      },
    }),
  ),
  /** Destination of visitors while no offer accepts them. */
  fallback: v.optional(webAddress),
  events: v.optional(v.record(eventName, payout)),
  payout: v.optional(payout),
  attribution: v.optional(
    v.strictObject({
      /** Fractions of a day are fine: 0.5 is twelve hours. */
      maxAgeDays: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(3650))),
      minAgeSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
    }),
  ),
  /** Reports and records by visitors' browsers, where no server sends them; absent where they are not allowed. */
  browser: v.optional(browserSchema),
});

/** The campaign of a click: the destination of its visitors, the sender of their conversions, and the period for these. */
export type Campaign = v.InferOutput<typeof campaignSchema>;
export type Offer = Campaign['offers'][number];
