import { generic } from '../presets/generic';
import { isPlaceholder } from '../text/macros';
import type { Warning } from '../values/reasons';
import { wordOf } from './event-reading';
import type { FieldNames } from './field-names';
import { fieldValueOf, quotedName } from './field-selection';
import { foldName, lastPart, objectOf, type FieldValue, type ParameterIndex } from './parameter-index';

/** Refunds that a postback lists or sums up beside the amount of its sale. */
export interface RefundsTold {
  /** At least one; they add up. */
  readonly values: readonly FieldValue[];
  /** Set on those that were found by the usual names. */
  readonly warning?: Warning;
}

/** Names under which systems keep what went back of a payment so far, beside its amount. */
export const refundedSoFar = /^(?:refunded_?amount|amount_?refunded|total_?refunded)$/;
const soFarNames = 'refunded_amount refundedamount amount_refunded amountrefunded total_refunded totalrefunded'.split(
  ' ',
);

/** Amounts of an order: one of them less its refunds is what is left. */
const ofOrder = /amount|total|price|sum|value|cost/;
/** A commission is not in the money of the order, and what is left has no refunds in it. */
const ofOther = /payout|commission|revenue|earning|profit|net|current|remaining|left|fee|tax|discount/;

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
export function refundsTold(
  amount: FieldValue | undefined,
  index: ParameterIndex,
  scopes: readonly string[],
  { preset, reversedInAll, refundedSoFar: given }: FieldNames,
): RefundsTold | undefined {
  const named = refundsNamed(given, index, scopes);
  if (named !== undefined) return { values: named };
  if (amount === undefined || preset.id !== generic.id || reversedInAll.length + given.length > 0) return undefined;
  const own = lastPart(amount.parameter);
  const object = objectOf(amount);
  if (!ofOrder.test(own) || ofOther.test(foldName(amount.parameter))) return undefined;
  const around = object.slice(0, object.lastIndexOf('.', object.length - 2) + 1);
  const names = [
    ...soFarNames.map((name) => `${object}${name}`),
    ...(object === '' ? [] : [...soFarNames, 'refunded_money'].map((name) => `${around}${name}.${own}`)),
    ...[...new Set([object, around])].flatMap((base) => [`${base}refunds.*.amount`, `${base}refunds.*.total`]),
  ];
  for (const name of names) {
    if (name.includes('*') && index.find(name.replace('*', '0')).length === 0) continue;
    const values = refundsAt(name, index);
    const [first] = values;
    if (first === undefined) continue;
    const message = `${quotedName(first.parameter)} was read as refunded so far. Name it in parameters.refundedSoFar of the integration, and set the duplicate mode to "update".`;
    return { values, warning: { code: 'NAME_GUESSED', message } };
  }
  return undefined;
}

const isNothing = (text: string): boolean => isPlaceholder(text, true) || /^[-+]?[0.,]*$/.test(text.trim());

/** The values of a name that are not 0. */
function refundsAt(name: string, index: ParameterIndex): readonly FieldValue[] {
  const [list = '', member] = name.split('.*');
  const places = member === undefined ? [''] : Array.from({ length: mostRefunds }, (_, place) => `.${place}`);
  return places.flatMap((place) => {
    const [value] = index.find(`${list}${place}${member ?? ''}`);
    const [status] = member === undefined ? [] : index.find(`${list}${place}.status`);
    if (value === undefined || isNothing(value.value)) return [];
    return isUnfinished(status && fieldValueOf(status)) ? [] : [fieldValueOf(value)];
  });
}
