import * as v from 'valibot';
import { conversionStatuses } from '../../domain/values/status';
import {
  reasons,
  retiredReasons,
  warningCodes,
  type LoggedReason,
  type Reason,
  type Result,
} from '../../domain/values/reasons';

/** The values of an answer of this shape, read-only. */
export type Shown<Schema extends v.GenericSchema> = Unwritten<v.InferOutput<Schema>>;

type Unwritten<Value> = Value extends string | number | boolean | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Unwritten<Item>[]
    : { readonly [Name in keyof Value]: Unwritten<Value[Name]> };

const reasonNames = Object.keys(reasons).filter((name): name is Reason => Object.hasOwn(reasons, name));
/** Rows of the log also hold the reasons of older versions. */
const loggedReasonNames: readonly LoggedReason[] = [...reasonNames, ...Object.keys(retiredReasons).filter(isRetired)];

function isRetired(name: string): name is keyof typeof retiredReasons {
  return Object.hasOwn(retiredReasons, name);
}
const resultNames: readonly Result[] = [...new Set(reasonNames.map((name) => reasons[name].result)), 'dry_run'];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Fields that answers have in common. */
export const field = {
  count,
  time: v.pipe(v.string(), v.isoTimestamp()),
  amount: v.pipe(v.string(), v.regex(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/), v.examples(['12.5'])),
  status: v.picklist(conversionStatuses),
  result: v.picklist(resultNames),
  reason: v.picklist(reasonNames),
  loggedReason: v.picklist(loggedReasonNames),
  /** The number of each; 0 is absent. */
  results: v.strictObject(v.entriesFromList(resultNames, v.optional(count))),
  reasons: v.strictObject(v.entriesFromList(loggedReasonNames, v.optional(count))),
  warnings: v.array(v.strictObject({ code: v.picklist(warningCodes), message: v.string() })),
} as const;

/** One page of a list. */
export function pageOf<Item extends v.GenericSchema>(item: Item) {
  return v.strictObject({
    items: v.array(item),
    cursor: v.optional(
      v.pipe(v.string(), v.description('There is, or may be, more: send it back with the same parameters')),
    ),
  });
}
