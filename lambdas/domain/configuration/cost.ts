import * as v from 'valibot';
import { isTimeZone } from '../values/time-zone';
import { amount, currency, displayName, identifier } from './fields';

const dayPattern = /^20[2-9]\d-\d\d-\d\d$/;

/** A day such as `2026-11-01`, from 2020 on. */
const day = v.pipe(
  v.string(),
  v.check(isDay, 'must be a day such as "2026-11-01", from 2020 to 2099'),
  v.metadata({ format: 'date', pattern: dayPattern.source }),
);

function isDay(text: string): boolean {
  const milliseconds = dayPattern.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

const timeZone = v.pipe(
  v.string(),
  v.check(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin"'),
  v.metadata({ anyOf: [{ const: 'UTC' }, { pattern: '^[A-Z][A-Za-z_]+/[A-Za-z0-9_+/-]+$' }] }),
);

const value = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(512));

const subs = {
  sub1: v.optional(value),
  sub2: v.optional(value),
  sub3: v.optional(value),
  sub4: v.optional(value),
  sub5: v.optional(value),
  sub6: v.optional(value),
  sub7: v.optional(value),
  sub8: v.optional(value),
  sub9: v.optional(value),
  sub10: v.optional(value),
};

export const costSchema = v.pipe(
  v.strictObject({
    name: v.optional(displayName),
    campaign: identifier,
    offer: v.optional(identifier),
    source: v.optional(value),
    ...subs,
    /** The first and the last day, both included. */
    from: day,
    to: day,
    timezone: v.optional(timeZone),
    amount,
    currency,
  }),
  v.forward(
    v.check(({ from, to }) => from <= to, 'must not be before "from"'),
    ['to'],
  ),
);

/** What was spent on the clicks of a period: of a campaign, or of a part of it. */
export type Cost = v.InferOutput<typeof costSchema>;

export const matchedFields = [
  'campaign',
  'offer',
  'source',
  ...(['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const),
] as const satisfies readonly (keyof Cost)[];
