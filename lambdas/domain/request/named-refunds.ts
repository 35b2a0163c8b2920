import { generic } from '../presets/generic';
import type { Warning } from '../values/reasons';
import { wordOf } from './event-reading';
import type { FieldNames } from './field-names';
import { fieldValueOf, quotedName } from './field-selection';
import { foldName, lastPart, objectOf, withJoined, type FieldValue, type ParameterIndex } from './parameter-index';

/** Refunds that a postback lists or sums up beside the amount of its sale. */
export interface NamedRefunds {
  /** At least one; they add up. */
  readonly values: readonly FieldValue[];
  /** Whether each is a refund, and none a sum. */
  readonly isList: boolean;
  /** Set on those that were found by the usual names. */
  readonly warning?: Warning;
}

/** Names under which systems keep what went back of a payment so far, beside its amount. */
export const soFarNames = withJoined('refunded_amount amount_refunded total_refunded');

/** Amounts of an order: one of them less its refunds is what is left. */
const ofOrder = /amount|total|price|sum|value|cost/;
/** A commission is not in the money of the order, and what is left has no refunds in it. */
const ofOther = /payout|commission|revenue|earning|profit|net|current|left|fee|tax/;

/** More refunds of one sale are not looked for. */
const mostRefunds = 100;

/** Words for the status of a refund that has taken nothing back, or nothing yet. */
const unfinished =
  /^(?:pending|processing|in[ _-]?progress|waiting|requested|initiated|failed|failure|error|unsuccessful)$/i;

export const isUnfinished = (status: FieldValue | undefined): boolean => unfinished.test(wordOf(status));

/** Returns what went back in all by the names that the integration or its preset gives; `*` in a name is every place of a list. */
export function refundsNamed(
  given: readonly string[],
  index: ParameterIndex,
  scopes: readonly string[],
): readonly FieldValue[] | undefined {
  for (const name of given) {
    for (const scope of scopes.toReversed()) {
      const found = refundsAt(`${scope}${foldName(name)}`, index);
      if (found.length > 0) return found;
    }
  }
  return undefined;
}

/**
 * Finds what went back of a sale so far: by the names that are given, else beside its amount by the usual ones, which are a sum, a sum in an
 * object, and a list of refunds.
 */
export function findNamedRefunds(
  amount: FieldValue | undefined,
  index: ParameterIndex,
  scopes: readonly string[],
  { preset, reversedInAll, refundedSoFar: given }: FieldNames,
): NamedRefunds | undefined {
  const named = refundsNamed(given, index, scopes);
  if (named !== undefined) return { values: named, isList: false };
  if (amount === undefined || preset.id !== generic.id || reversedInAll.length + given.length > 0) return undefined;
  const own = lastPart(amount.parameter);
  const object = objectOf(amount);
  if (!ofOrder.test(own) || ofOther.test(foldName(amount.parameter))) return undefined;
  const around = object.slice(0, object.lastIndexOf('.', object.length - 2) + 1);
  const names = [object, around].flatMap((base) => [
    ...[...soFarNames, 'refunded_money'].flatMap((name) => [`${base}${name}`, `${base}${name}.${own}`]),
    ...['amount', 'total']
      .filter((member) => index.find(`${base}refunds.0.${member}`).length > 0)
      .map((member) => `${base}refunds.*.${member}`),
  ]);
  for (const name of names) {
    const values = refundsAt(name, index);
    const [first] = values;
    if (first === undefined) continue;
    const message = `${quotedName(first.parameter)} was read as refunded so far. Name it in parameters.refundedSoFar of the integration.`;
    return { values, isList: name.includes('*'), warning: { code: 'NAME_GUESSED', message } };
  }
  return undefined;
}

/** The values of a name that are not 0. */
function refundsAt(name: string, index: ParameterIndex): readonly FieldValue[] {
  const [list = '', member] = name.split('.*');
  const places = member === undefined ? [''] : Array.from({ length: mostRefunds }, (_, place) => `.${place}`);
  return places.flatMap((place) => {
    const [value] = index.find(`${list}${place}${member ?? ''}`);
    const [status] = member === undefined ? [] : index.find(`${list}${place}.status`);
    if (value === undefined || !/[1-9]/.test(value.value)) return [];
    return isUnfinished(status && fieldValueOf(status)) ? [] : [fieldValueOf(value)];
  });
}
