import type { PostbackField } from '../presets';
import { generic } from '../presets/generic';
import { findUnreplacedMacro, isNameOfField, isNoTransaction, isPlaceholder } from '../text/macros';
import { plainValue, unquoted } from '../text/percent-encoding';
import type { Parameter } from '../text/query';
import { readAmount } from '../values/amount';
import type { Warning } from '../values/reasons';
import { read, reject, type Read } from '../values/rejection';
import { unreplaced } from './click-id-reading';
import type { FieldNames } from './field-names';
import { foldName, type FieldValue, type ParameterIndex } from './parameter-index';

/** The fields beside the click ID. */
export type ReadField = Exclude<PostbackField, 'clickId'>;

export type Selected = Read<{ readonly found?: FieldValue; readonly warnings: readonly Warning[] }>;

export function select(
  field: ReadField,
  index: ParameterIndex,
  scopes: readonly string[],
  fieldNames: FieldNames,
): Selected {
  const { names, preset, chosen, exact, given } = fieldNames;
  const guessed = field === 'transactionId' && guessesNames(fieldNames);
  const tried = (guessed ? [...names[field], ambiguousTransactionName] : names[field]).map(foldName);
  const found: FieldValue[] = [];
  for (const scope of exact.has(field) ? ['', ...scopes] : scopes) {
    for (const name of tried) {
      const named = sentAs(field, `${scope}${name}`, index);
      const same = field === 'event' && !given.has('event') ? named.filter(isNoNotification) : named;
      const [first] = same;
      if (first === undefined) continue;
      const texts = new Set(same.map(({ value }) => canonical(field, value)));
      if (texts.size > 1) {
        return reject(
          'PARAMETER_CONFLICT',
          `${quotedName(first.name)} came with ${texts.size} different values. Send it once.`,
        );
      }
      const isName = field === 'transactionId' && isNameOfField(first.value);
      const macro = isName ? first.value : findUnreplacedMacro(first.value);
      if (macro !== undefined) return unreplaced(first.name, macro, field, preset);
      found.push(fieldValueOf(first));
    }
    if (found.length > 0) break;
    const part = field === 'amount' ? partOfAmount(index, scope, tried, scopes) : undefined;
    if (part !== undefined) return part;
  }
  const [winner, ...rest] = found;
  if (winner === undefined) return read({ warnings: [] });
  const differs = ({ text }: FieldValue): boolean => canonical(field, text) !== canonical(field, winner.text);
  const differing = rest.filter(differs);
  if (field === 'amount' && differing.length > 0 && !chosen.has('amount')) {
    const all = [winner, ...differing].map(({ parameter }) => quotedName(parameter)).join(' and ');
    return reject(
      'PARAMETER_CONFLICT',
      `${all} both name the amount and differ. Send one, or set parameters.amount of the integration to the one that counts.`,
    );
  }
  if (field === 'amount') differing.push(...furtherOut(winner, scopes, tried, index).filter(differs));
  const warnings: Warning[] = differing.map(({ parameter }) => ({
    code: 'ALIAS_IGNORED',
    message: `${quotedName(winner.parameter)} was read as the ${field}; ${quotedName(parameter)} also means it and was not read.`,
  }));
  if (guessed && foldName(winner.parameter).endsWith(ambiguousTransactionName)) {
    warnings.push({
      code: 'NAME_GUESSED',
      message: `${quotedName(winner.parameter)} was read as the transaction ID, since a click ID came beside it. Send it as "txid".`,
    });
  }
  return read({ found: winner, warnings });
}

/** Returns the value of a parameter for a field. */
export function fieldValueOf({ name, value, isNumber }: Parameter): FieldValue {
  return { parameter: name, text: value, ...(isNumber && { isNumber }) };
}

/** Returns the meaningful parameters of a name; a list of one value is that value, except for an amount. */
function sentAs(field: ReadField, name: string, index: ParameterIndex): readonly Parameter[] {
  const isAmount = field === 'amount';
  const says = ({ value }: Parameter): boolean =>
    !isPlaceholder(value, isAmount) && !(field === 'transactionId' && isNoTransaction(value));
  const same = index.find(name).filter(says);
  if (same.length > 0 || isAmount) return same;
  return index.find(`${name}.1`).length > 0 ? [] : index.find(`${name}.0`).filter(says);
}

/** The number of a notification, as webhooks send it: new each time, so that as an event each would be a separate conversion. */
const notificationNumber =
  /^(?:[a-z]{2,5}[_-])?(?=[\da-z-]*\d)(?:[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}|[\da-z]{20,64}|[\dA-Z]{15,20}-[\dA-Z]{15,20}|\d{10,19})$/i;

const isNoNotification = ({ name, value }: Parameter): boolean =>
  !foldName(name).endsWith('event_id') || !notificationNumber.test(plainValue(value));

/**
 * Money in a list or an object has no one meaning: it is rejected rather than read as an amount that was not sent. An object that the click ID
 * itself lies in is no amount.
 */
function partOfAmount(
  index: ParameterIndex,
  scope: string,
  names: readonly string[],
  scopes: readonly string[],
): Selected | undefined {
  const parts = names
    .filter((name) => !scopes.includes(`${scope}${name}.`))
    .flatMap((name) => index.findWithin(`${scope}${name}`));
  const [part] = parts;
  if (part === undefined) return undefined;
  return reject(
    'AMOUNT_INVALID',
    `The amount came as a list or an object, of which ${quotedName(part.name)} is a part. Send one number, or set parameters.amount of the integration to the part that counts.`,
  );
}

/** Amounts of the objects around the one that was read: they do not count, and a warning says so. */
function furtherOut(
  winner: FieldValue,
  scopes: readonly string[],
  names: readonly string[],
  index: ParameterIndex,
): readonly FieldValue[] {
  const nearest = scopes.findIndex((scope) => foldName(winner.parameter).startsWith(scope));
  return scopes
    .slice(nearest + 1)
    .flatMap((scope) => names.flatMap((name) => sentAs('amount', `${scope}${name}`, index)))
    .map(({ name, value }) => ({ parameter: name, text: value }));
}

export const quotedName = (name: string): string => `"${name.slice(0, 64)}"`;

/** Names are guessed where neither the integration nor a preset chose those of the transaction ID. */
export function guessesNames({ names, preset, chosen }: FieldNames): boolean {
  return preset.id === generic.id && !chosen.has('transactionId') && !isTaken(names);
}

/** The name that means an order in some systems and a click ID in others: beside a click ID it can only be the order. */
const ambiguousTransactionName = 'transaction_id';

function isTaken(names: FieldNames['names']): boolean {
  return Object.values(names).some((list) => list.includes(ambiguousTransactionName));
}

/** Two spellings of one value are one value: 1 in the query and 1.00 in the body, `Order%20A` and `Order A`. */
function canonical(field: ReadField, text: string): string {
  const plain = plainValue(text);
  if (field !== 'amount') return unquoted(plain);
  const reading = readAmount(plain, { negative: true });
  return reading.ok ? reading.amount : plain;
}
