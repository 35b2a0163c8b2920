import * as v from 'valibot';
import { millionthsOf, readAmount } from '../values/amount';
import { isCalendarDay } from '../values/calendar-day';
import { conversionStatuses } from '../values/status';
import { isTimeZone } from '../values/time-zone';
import { amount, currency, displayName, eventName, identifier } from './fields';

const dayPattern = /^20[2-9]\d-\d\d-\d\d$/;

/** A day such as `2026-11-01`, from 2020 on. */
const day = v.pipe(
  v.string(),
  v.check(
    (text) => dayPattern.test(text) && isCalendarDay(text),
    'must be a day such as "2026-11-01", from 2020 to 2099',
  ),
  v.metadata({ format: 'date', pattern: dayPattern.source }),
);

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

/** Payment models of traffic: each click, a thousand of them, each conversion, or a share of its revenue. */
export const costModels = ['cpc', 'cpm', 'cpa', 'revshare'] as const;
type CostModelName = (typeof costModels)[number];

const percentText =
  'must be a percentage such as "30" or "12.5": above 0, at most 100, with up to 4 digits after its point';

/** A percentage, as a JSON number or string; kept as a string. */
export const percent = v.pipe(
  v.union([v.string(), v.number()], percentText),
  v.metadata({
    anyOf: [
      { type: 'string', pattern: String.raw`^(0\.\d{0,3}[1-9]|[1-9]\d?(\.\d{1,4})?|100)$` },
      { type: 'number', minimum: 1, maximum: 100, multipleOf: 0.0001 },
    ],
    examples: ['30'],
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const reading = readAmount(String(dataset.value), { negative: false });
    const millionths = reading.ok && reading.rounded !== true ? millionthsOf(reading.amount) : 0n;
    if (reading.ok && millionths > 0n && millionths <= 100_000_000n && millionths % 100n === 0n) return reading.amount;
    addIssue({ message: percentText });
    return NEVER;
  }),
);

/** Required fields of a document of each kind, and optional ones beside those of every kind. */
const fieldsOf: Readonly<
  Record<CostModelName | 'spend', { readonly needs: readonly RuledField[]; readonly takes: readonly RuledField[] }>
> = {
  spend: { needs: ['campaign', 'to', 'amount', 'currency'], takes: [] },
  cpc: { needs: ['amount', 'currency'], takes: ['campaign', 'to'] },
  cpm: { needs: ['amount', 'currency'], takes: ['campaign', 'to'] },
  cpa: { needs: ['amount', 'currency'], takes: ['campaign', 'to', 'event', 'statuses'] },
  revshare: { needs: ['percent'], takes: ['campaign', 'to', 'event', 'statuses'] },
};

const ruledFields = ['campaign', 'to', 'amount', 'currency', 'percent', 'event', 'statuses'] as const;
type RuledField = (typeof ruledFields)[number];

export const costSchema = v.pipe(
  v.strictObject({
    name: v.optional(displayName),
    /** An amount is spread over the period where there is none. */
    model: v.optional(v.picklist(costModels, `must be one of ${costModels.join(', ')}`)),
    campaign: v.optional(identifier),
    offer: v.optional(identifier),
    source: v.optional(value),
    ...subs,
    /** The first and the last day, both included; a model without a last day goes on. */
    from: day,
    to: v.optional(day),
    timezone: v.optional(timeZone),
    /** The amount of the whole period; for a model, of each click, of a thousand of them, or of each conversion. */
    amount: v.optional(amount),
    currency: v.optional(currency),
    percent: v.optional(percent),
    /** The only event that a model of conversions pays for. */
    event: v.optional(eventName),
    /** The statuses in which it pays: approved and pending where nothing is said. */
    statuses: v.optional(
      v.pipe(v.array(v.picklist(conversionStatuses)), v.minLength(1, 'must name a status'), v.maxLength(4)),
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const document = dataset.value;
    for (const { field, problem } of problemsOfCost(document)) {
      addIssue({
        message: problem,
        path: [{ type: 'object', origin: 'value', input: document, key: field, value: document[field] }],
      });
    }
  }),
);

interface Ruled extends Readonly<Partial<Record<RuledField, unknown>>> {
  readonly model?: CostModelName | undefined;
  readonly source?: unknown;
  readonly from: string;
}

/** Returns the problems of a document by its kind, beyond the form of each field. */
function problemsOfCost(document: Ruled): readonly { readonly field: RuledField; readonly problem: string }[] {
  const { model, source, campaign, from, to, amount: price } = document;
  const { needs, takes } = fieldsOf[model ?? 'spend'];
  const said = ruledFields.filter((field) => document[field] !== undefined);
  const foreign = model === undefined ? 'needs a "model" that it belongs to' : `is no field of the model ${model}`;
  return [
    ...needs.filter((field) => !said.includes(field)).map((field) => ({ field, problem: 'must be given' })),
    ...said
      .filter((field) => !needs.includes(field) && !takes.includes(field))
      .map((field) => ({ field, problem: foreign })),
    ...(model !== undefined && campaign === undefined && source === undefined
      ? [{ field: 'campaign' as const, problem: 'must be given, or "source"' }]
      : []),
    ...(typeof to === 'string' && from > to ? [{ field: 'to' as const, problem: 'must not be before "from"' }] : []),
    ...(model === 'cpm' && typeof price === 'string' && /\.\d{4}/.test(price)
      ? [{ field: 'amount' as const, problem: 'must have at most 3 digits after its point for a thousand clicks' }]
      : []),
  ];
}

/** The cost of the clicks of a campaign, of a source or of a part of them: an amount for a period, or a model in force for it. */
export type Cost = v.InferOutput<typeof costSchema>;

export const matchedFields = [
  'campaign',
  'offer',
  'source',
  ...(['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const),
] as const satisfies readonly (keyof Cost)[];
