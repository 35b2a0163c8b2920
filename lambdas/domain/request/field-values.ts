import { generic } from '../presets/generic';
import { findUnreplacedMacro } from '../text/macros';
import type { Parameter } from '../text/query';
import type { Warning } from '../values/reasons';
import { read, reject, type Read } from '../values/rejection';
import type { FieldNames } from './field-names';
import { quotedName, select, type ReadField } from './field-selection';
import { guessCurrency, guessRefunded, guessStatus, guessTransactionId, type Refunded, type Unnamed } from './guesses';
import { selectPart } from './object-fields';
import { foldName, indexOf, objectOf, scopesOf, subjectScopes, type FieldValue } from './parameter-index';
import { statusListsIn } from './status-lists';
import { namesForBody } from './preset-variants';
import { refundsNamed, findNamedRefunds, type NamedRefunds } from './named-refunds';
import { findNamedEvent, isEventNumber, type NamedEvent } from './named-event';
import { moneyLike } from './unread-money';

export interface FieldValues extends Readonly<Partial<Record<ReadField, FieldValue>>> {
  /** For a postback without a named amount: parameters that nothing reads and whose values look like money. */
  readonly unreadMoney?: readonly string[];
  /** The refunded amount of a reversal under a guessed name: it precedes the amount, which may be that of the order. */
  readonly refunded?: Read<Refunded | undefined>;
  /** The event under another name than its own, where none came but a number and no status was read from that parameter. */
  readonly namedEvent?: NamedEvent;
  /** What was taken back in all, by a reversal of this sender's system; the values add up. */
  readonly reversedInAll?: readonly FieldValue[];
  /** What was refunded of a sale so far. */
  readonly namedRefunds?: NamedRefunds;
  /** The order that a sale and its refund share, where the sender's system gives each its own transaction ID. */
  readonly order?: FieldValue;
  /** Meanings of status words that the request itself lists, where its sender's system does so. */
  readonly statusWords?: ReturnType<typeof statusListsIn>;
}

const readFields: readonly ReadField[] = ['timestamp', 'amount', 'currency', 'event', 'status', 'transactionId'];

export interface SelectedValues {
  readonly values: FieldValues;
  readonly warnings: readonly Warning[];
}

type Writable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/**
 * Picks the one text that counts for each field and checks its shape: one value a parameter, one amount a postback, no macro left. Values
 * in one object with the click ID precede those further out. The meaning of a text is read later, by the rules of each field.
 * @param clickIdParameter the parameter that carried the click ID, which names nothing else
 */
export function selectValues(
  parameters: readonly Parameter[],
  allNames: FieldNames,
  clickIdParameter: string | undefined,
): Read<SelectedValues> {
  const values: Writable<FieldValues> = {};
  const warnings: Warning[] = [];
  const taken = clickIdParameter === undefined ? undefined : foldName(clickIdParameter);
  const others = parameters.filter(({ name, value }) => value !== '' && foldName(name) !== taken);
  const index = indexOf(others);
  const fieldNames = namesForBody(allNames, index);
  const around = scopesOf(clickIdParameter);
  const within = subjectScopes(others, subjectNames(fieldNames), around);
  const scopes = [...around, ...within];
  for (const field of readFields) {
    const ofField = scopesOfField(field, isOfSubject(field, fieldNames) ? scopes : around, values.amount, fieldNames);
    const named = select(field, index, ofField, fieldNames);
    const selected = named.ok && isNothing(named.value) ? selectPart(field, index, ofField, fieldNames) : named;
    if (!selected.ok) return selected;
    warnings.push(...selected.value.warnings);
    const { found } = selected.value;
    if (found === undefined) continue;
    values[field] = found;
    if (within.some((scope) => foldName(found.parameter).startsWith(scope))) warnings.push(guessedWithin(field, found));
  }
  const beside = amountBeside(values.amount, others);
  if (beside !== undefined) return beside;
  const unnamed: Unnamed = { values, parameters: others, index, scopes, subjects: within };
  for (const [field, guess] of guesses) {
    const guessed = guess(unnamed, fieldNames);
    if (!guessed.ok) return guessed;
    const { found, amount, warnings: told } = guessed.value;
    warnings.push(...told);
    if (found !== undefined) values[field] = found;
    if (amount !== undefined) values.amount = amount;
  }
  const isNumber = isEventNumber(values.event);
  const told = values.event === undefined || isNumber ? findNamedEvent(index, scopes, fieldNames) : undefined;
  if (told !== undefined && (isNumber || told.value.parameter !== values.status?.parameter)) values.namedEvent = told;
  // A problem of this value concerns a reversal alone.
  values.refunded = guessRefunded(unnamed, fieldNames);
  const isRead = readNames(fieldNames, scopes);
  if (values.amount === undefined) {
    const unread = moneyLike(others, isRead, fieldNames.preset.id !== generic.id);
    if (unread.length > 0) values.unreadMoney = unread;
  }
  const { statusParameters, orderParameters = [] } = fieldNames.preset;
  const inAll = refundsNamed(fieldNames.reversedInAll, index, scopes);
  if (inAll !== undefined) values.reversedInAll = inAll;
  const refunds = findNamedRefunds(values.amount, index, scopes, fieldNames);
  if (refunds !== undefined) values.namedRefunds = refunds;
  const [order] = orderParameters.flatMap((name) => index.find(foldName(name)));
  if (order !== undefined) values.order = { parameter: order.name, text: order.value };
  if (statusParameters !== undefined) values.statusWords = statusListsIn(others, statusParameters);
  return read({ values, warnings: [...warnings, ...unusedMacros(others, isRead)] });
}

const guesses = [
  ['transactionId', guessTransactionId],
  ['status', guessStatus],
  ['currency', guessCurrency],
] as const;

const isNothing = ({
  found,
  warnings,
}: {
  readonly found?: FieldValue;
  readonly warnings: readonly Warning[];
}): boolean => found === undefined && warnings.length === 0;

/** An amount beside a list of conversions would count for each of them. */
function amountBeside(
  amount: FieldValue | undefined,
  parameters: readonly Parameter[],
): Extract<Read<never>, { ok: false }> | undefined {
  if (amount === undefined) return undefined;
  const { besideOf = 1 } = parameters.find(({ name }) => name === amount.parameter) ?? {};
  if (besideOf < 2) return undefined;
  return reject(
    'PARAMETER_CONFLICT',
    `${quotedName(amount.parameter)} is beside a list of ${besideOf} conversions and would count for each. Name an amount in each.`,
  );
}

/** The currency in the object of the amount, wherever an integration says that is, comes before any other. */
function scopesOfField(
  field: ReadField,
  scopes: readonly string[],
  amount: FieldValue | undefined,
  { exact, given }: FieldNames,
): readonly string[] {
  if (field !== 'currency' || amount === undefined || exact.has(field) || given.has(field)) return scopes;
  const own = objectOf(amount);
  return own === '' ? scopes : [own, ...scopes];
}

/** Whether a field is also looked for in the one object that the postback is about. Words such as `type` mean another thing there. */
function isOfSubject(field: ReadField, { exact }: FieldNames): boolean {
  return (field === 'amount' || field === 'currency' || field === 'transactionId') && !exact.has(field);
}

function subjectNames({ names, exact }: FieldNames): ReadonlySet<string> {
  if (exact.has('amount')) return new Set();
  return new Set([...names.amount, ...names.transactionId].map(foldName));
}

function guessedWithin(field: ReadField, { parameter }: FieldValue): Warning {
  const message = `${quotedName(parameter)} was read as the ${field}, since the click ID has none beside it. Name it in parameters.${field} of the integration.`;
  return { code: 'NAME_GUESSED', message };
}

/** Event and status alone, where each is found: they may say that nothing else counts. */
export function selectWords(parameters: readonly Parameter[], fieldNames: FieldNames): FieldValues {
  const sent = parameters.filter(({ value }) => value !== '');
  const index = indexOf(sent);
  const words: Writable<FieldValues> = {};
  for (const field of ['event', 'status'] as const) {
    const selected = select(field, index, [''], fieldNames);
    if (selected.ok && selected.value.found !== undefined) words[field] = selected.value.found;
  }
  const isOpen = words.event === undefined || isEventNumber(words.event);
  const told = isOpen ? findNamedEvent(index, [''], fieldNames) : undefined;
  if (told !== undefined) words.namedEvent = told;
  const { statusParameters } = fieldNames.preset;
  if (statusParameters !== undefined) words.statusWords = statusListsIn(sent, statusParameters);
  return words;
}

/** Parameters that are no field and mean something all the same. */
const ownNames = ['token', 'sig', 'ts', 'kid', 'test', 'dry_run'];

/** Whether a name is read, by whichever field, in whichever object around the click ID. */
function readNames({ names }: FieldNames, scopes: readonly string[]): (name: string) => boolean {
  let used: ReadonlySet<string> | undefined;
  return (name) => {
    used ??= new Set([...ownNames, ...Object.values(names).flat().map(foldName)]);
    const folded = foldName(name);
    return scopes.some((scope) => folded.startsWith(scope) && used?.has(folded.slice(scope.length)) === true);
  };
}

function unusedMacros(parameters: readonly Parameter[], isRead: (name: string) => boolean): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const { name, value } of parameters) {
    if (warnings.length >= 5) break;
    if (findUnreplacedMacro(value) === undefined || isRead(name)) continue;
    warnings.push({
      code: 'MACRO_IN_UNUSED_PARAMETER',
      message: `"${name.slice(0, 64)}" holds a macro that was not replaced. Nothing reads it; check the sender's template.`,
    });
  }
  return warnings;
}
