import { readAmount } from '../values/amount';
import type { PostbackField } from '../presets';
import { generic } from '../presets/generic';
import { unreplaced } from './click-id-reading';
import type { FieldNames } from './field-names';
import { orderNames, refundedNames, reversalTold } from './guesses';
import { findUnreplacedMacro, isNameOfField, isNoTransaction, isPlaceholder } from '../text/macros';
import { indexOf, foldName, scopesOf, subjectScopes, type ParameterIndex, type FieldValue } from './parameter-index';
import type { Parameter } from '../text/query';
import { plainValue } from '../text/percent-encoding';
import { read, refuse, type Read } from '../values/refusal';
import { statusListsIn } from './status-lists';
import { namesForBody } from './preset-variants';
import { moneyLike } from './unread-money';
import type { Warning } from '../values/reasons';

/** The fields beside the click ID. */
type ReadField = Exclude<PostbackField, 'clickId'>;

export interface FieldValues extends Readonly<Partial<Record<ReadField, FieldValue>>> {
  /** Where no amount was named: parameters that nothing reads and that hold what looks like money. */
  readonly unreadMoney?: readonly string[];
  /** What a reversal says went back, under a name that was guessed: it comes before the amount, which may be that of the order. */
  readonly refunded?: { readonly value: FieldValue; readonly warning: Warning };
  /** What a reversal of this sender's system says was taken back in all. */
  readonly reversedInAll?: FieldValue;
  /** The order that a sale and its refund share, where the sender's system gives each its own transaction ID. */
  readonly order?: FieldValue;
  /** Meanings of status words that the request itself lists, where its sender's system does so. */
  readonly statusWords?: ReturnType<typeof statusListsIn>;
}

const readFields: readonly ReadField[] = ['timestamp', 'amount', 'currency', 'event', 'status', 'transactionId'];

/** The name that means an order in some systems and a click ID in others: beside a click ID it can only be the order. */
const ambiguousTransactionName = 'transaction_id';

export interface SelectedValues {
  readonly values: FieldValues;
  readonly warnings: readonly Warning[];
}

type Writable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/**
 * Picks the one text that counts for each field and checks its shape: one value a parameter, one amount a postback, no macro left.
 * What lies in one object with the click ID comes before what lies further out. What a text means is read later, by the rules of
 * each field.
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
    const selected = select(field, index, isOfSubject(field, fieldNames) ? scopes : around, fieldNames);
    if (!selected.ok) return selected;
    warnings.push(...selected.value.warnings);
    const { found } = selected.value;
    if (found === undefined) continue;
    values[field] = found;
    if (within.some((scope) => foldName(found.parameter).startsWith(scope))) warnings.push(guessedWithin(field, found));
  }
  if (values.transactionId === undefined && guessesNames(fieldNames)) {
    const guess = select('transactionId', index, scopes, withOrderNames(fieldNames));
    if (!guess.ok) return guess;
    warnings.push(...guess.value.warnings);
    const { found } = guess.value;
    if (found !== undefined) {
      values.transactionId = found;
      warnings.push(guessedAs('transaction ID', found, 'Send it as "txid" to be sure'));
    }
  }
  if (values.status === undefined && fieldNames.preset.id === generic.id && !fieldNames.chosen.has('status')) {
    const told = reversalTold(others);
    if (told !== undefined) {
      values.status = told;
      warnings.push(guessedAs('status', told, 'Send the reversal as "status" to be sure'));
    }
  }
  if (fieldNames.preset.id === generic.id && !fieldNames.chosen.has('amount')) {
    const told = select('amount', index, scopes, {
      ...fieldNames,
      names: { ...fieldNames.names, amount: refundedNames },
    });
    if (!told.ok) return told;
    const { found } = told.value;
    const advice = 'Name it in parameters.amount of the integration to be sure';
    if (found !== undefined) values.refunded = { value: found, warning: guessedAs('refunded amount', found, advice) };
  }
  const isRead = readNames(fieldNames, scopes);
  if (values.amount === undefined) {
    const unread = moneyLike(others, isRead, fieldNames.preset.id !== generic.id);
    if (unread.length > 0) values.unreadMoney = unread;
  }
  const { statusParameters, reversedInAll = [], orderParameters = [] } = fieldNames.preset;
  const [takenBack] = reversedInAll.flatMap((name) => index.find(foldName(name)));
  if (takenBack !== undefined) values.reversedInAll = fieldValueOf(takenBack);
  const [order] = orderParameters.flatMap((name) => index.find(foldName(name)));
  if (order !== undefined) values.order = { parameter: order.name, text: order.value };
  if (statusParameters !== undefined) values.statusWords = statusListsIn(others, statusParameters);
  return read({ values, warnings: [...warnings, ...unusedMacros(others, isRead)] });
}

function fieldValueOf({ name, value, isNumber }: Parameter): FieldValue {
  return { parameter: name, text: value, ...(isNumber && { isNumber }) };
}

/** Whether a field is also looked for in the one object that the postback is about. Words such as `type` mean another thing there. */
function isOfSubject(field: ReadField, { exact }: FieldNames): boolean {
  return (field === 'amount' || field === 'currency' || field === 'transactionId') && !exact.has(field);
}

function subjectNames({ names, exact }: FieldNames): ReadonlySet<string> {
  if (exact.has('amount')) return new Set();
  return new Set([...names.amount, ...names.transactionId].map(foldName));
}

/** Names are guessed where neither the integration nor a preset chose those of the transaction ID. */
function guessesNames({ names, preset, chosen }: FieldNames): boolean {
  return preset.id === generic.id && !chosen.has('transactionId') && !isTaken(names);
}

function withOrderNames({ names, ...fieldNames }: FieldNames): FieldNames {
  const taken = new Set(Object.values(names).flat());
  return { ...fieldNames, names: { ...names, transactionId: orderNames.filter((name) => !taken.has(name)) } };
}

function guessedAs(meaning: string, { parameter }: FieldValue, advice: string): Warning {
  return { code: 'NAME_GUESSED', message: `${quoted(parameter)} was read as the ${meaning}. ${advice}.` };
}

function guessedWithin(field: ReadField, { parameter }: FieldValue): Warning {
  const message = `${quoted(parameter)} was read as the ${field}, since the click ID has none beside it. Name it in parameters.${field} of the integration.`;
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
  const { statusParameters } = fieldNames.preset;
  if (statusParameters !== undefined) words.statusWords = statusListsIn(sent, statusParameters);
  return words;
}

type Selected = Read<{ readonly found?: FieldValue; readonly warnings: readonly Warning[] }>;

function select(field: ReadField, index: ParameterIndex, scopes: readonly string[], fieldNames: FieldNames): Selected {
  const { names, preset, chosen, exact } = fieldNames;
  const guessed = field === 'transactionId' && guessesNames(fieldNames);
  const tried = (guessed ? [...names[field], ambiguousTransactionName] : names[field]).map(foldName);
  const found: FieldValue[] = [];
  for (const scope of exact.has(field) ? ['', ...scopes] : scopes) {
    for (const name of tried) {
      const same = sentAs(field, `${scope}${name}`, index);
      const [first] = same;
      if (first === undefined) continue;
      const texts = new Set(same.map(({ value }) => canonical(field, value)));
      if (texts.size > 1) {
        return refuse(
          'PARAMETER_CONFLICT',
          `${quoted(first.name)} came with ${texts.size} different values. Send it once.`,
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
    const all = [winner, ...differing].map(({ parameter }) => quoted(parameter)).join(' and ');
    return refuse(
      'PARAMETER_CONFLICT',
      `${all} both name the amount and differ. Send one, or set parameters.amount of the integration to the one that counts.`,
    );
  }
  if (field === 'amount') differing.push(...furtherOut(winner, scopes, tried, index).filter(differs));
  const warnings: Warning[] = differing.map(({ parameter }) => ({
    code: 'ALIAS_IGNORED',
    message: `${quoted(winner.parameter)} was read as the ${field}; ${quoted(parameter)} also means it and was not read.`,
  }));
  if (guessed && foldName(winner.parameter).endsWith(ambiguousTransactionName)) {
    warnings.push({
      code: 'NAME_GUESSED',
      message: `${quoted(winner.parameter)} was read as the transaction ID, since a click ID came beside it. Send it as "txid".`,
    });
  }
  return read({ found: winner, warnings });
}

/** What was sent under a name and says something; a list of one value is that value, but for an amount. */
function sentAs(field: ReadField, name: string, index: ParameterIndex): readonly Parameter[] {
  const isAmount = field === 'amount';
  const says = ({ value }: Parameter): boolean =>
    !isPlaceholder(value, isAmount) && !(field === 'transactionId' && isNoTransaction(value));
  const same = index.find(name).filter(says);
  if (same.length > 0 || isAmount) return same;
  return index.find(`${name}.1`).length > 0 ? [] : index.find(`${name}.0`).filter(says);
}

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
    .map((name) => index.findWithin(`${scope}${name}`));
  const part = parts.find((inner) => inner !== undefined);
  if (part === undefined) return undefined;
  return refuse(
    'AMOUNT_INVALID',
    `The amount came as a list or an object, of which ${quoted(part.name)} is a part. Send one number, or set parameters.amount of the integration to the part that counts.`,
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

const quoted = (name: string): string => `"${name.slice(0, 64)}"`;

function isTaken(names: FieldNames['names']): boolean {
  return Object.values(names).some((list) => list.includes(ambiguousTransactionName));
}

/** Two spellings of one value are one value: 1 in the query and 1.00 in the body, `Order%20A` and `Order A`. */
function canonical(field: ReadField, text: string): string {
  const plain = plainValue(text);
  if (field !== 'amount') return plain;
  const reading = readAmount(plain, { negative: true });
  return reading.ok ? reading.amount : plain;
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
