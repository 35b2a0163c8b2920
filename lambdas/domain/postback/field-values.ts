import { readAmount } from '../conversion/amount';
import type { PostbackField } from '../presets';
import { unreplaced } from './click-id-reading';
import type { FieldNames } from './field-names';
import { findUnreplacedMacro } from './macros';
import type { Parameter } from './parameters';
import { decodePercent } from './percent-encoding';
import { read, refuse, type Read } from './refusal';
import type { Warning } from './verdict';

/** The text that was sent for a field, and the parameter that it came in. */
export interface FieldValue {
  readonly parameter: string;
  readonly text: string;
}

export type FieldValues = Readonly<Partial<Record<ReadField, FieldValue>>>;

/** The fields beside the click ID. */
type ReadField = Exclude<PostbackField, 'clickId'>;

const readFields: readonly ReadField[] = ['timestamp', 'amount', 'currency', 'event', 'status', 'transactionId'];

/** The name that means an order in some systems and a click ID in others: beside a click ID it can only be the order. */
const ambiguousTransactionName = 'transaction_id';

export interface SelectedValues {
  readonly values: FieldValues;
  readonly warnings: readonly Warning[];
}

/**
 * Picks the one text that counts for each field and checks its shape: one value a parameter, one amount a postback, no macro left.
 * What it means is read later, by the rules of each field.
 * @param clickIdParameter the parameter that carried the click ID, which names nothing else
 */
export function selectValues(
  parameters: readonly Parameter[],
  fieldNames: FieldNames,
  clickIdParameter: string | undefined,
): Read<SelectedValues> {
  const values: Partial<Record<ReadField, FieldValue>> = {};
  const warnings: Warning[] = [];
  const taken = new Set(clickIdParameter === undefined ? [] : [clickIdParameter.toLowerCase()]);
  const others = parameters.filter(({ name, value }) => value !== '' && !taken.has(name.toLowerCase()));
  for (const field of readFields) {
    const selected = select(field, others, fieldNames);
    if (!selected.ok) return selected;
    warnings.push(...selected.value.warnings);
    if (selected.value.found !== undefined) values[field] = selected.value.found;
  }
  return read({ values, warnings: [...warnings, ...unusedMacros(others, fieldNames)] });
}

function select(
  field: ReadField,
  parameters: readonly Parameter[],
  { names, preset, chosen }: FieldNames,
): Read<{ readonly found?: FieldValue; readonly warnings: readonly Warning[] }> {
  const guessed = field === 'transactionId' && preset.id === 'generic' && !isTaken(ambiguousTransactionName, names);
  const tried = guessed ? [...names[field], ambiguousTransactionName] : names[field];
  const found: FieldValue[] = [];
  for (const name of tried) {
    const same = parameters.filter((parameter) => parameter.name.toLowerCase() === name);
    const [first] = same;
    if (first === undefined) continue;
    const texts = new Set(same.map(({ value }) => canonical(field, value)));
    if (texts.size > 1) {
      return refuse('PARAMETER_CONFLICT', `"${first.name}" came with ${texts.size} different values. Send it once.`);
    }
    const macro = findUnreplacedMacro(first.value);
    if (macro !== undefined) return unreplaced(first.name, macro, preset.tokens[field], preset.name);
    found.push({ parameter: first.name, text: first.value });
  }
  const [winner, ...rest] = found;
  if (winner === undefined) return read({ warnings: [] });
  const differing = rest.filter(({ text }) => canonical(field, text) !== canonical(field, winner.text));
  if (field === 'amount' && differing.length > 0 && !chosen.has('amount')) {
    const all = [winner, ...differing].map(({ parameter }) => `"${parameter}"`).join(' and ');
    return refuse(
      'PARAMETER_CONFLICT',
      `${all} both name the amount and differ. Send one, or set parameters.amount of the integration to the one that counts.`,
    );
  }
  const warnings: Warning[] = differing.map(({ parameter }) => ({
    code: 'ALIAS_IGNORED',
    message: `"${winner.parameter}" was read as the ${field}; "${parameter}" also means it and was not read.`,
  }));
  if (guessed && winner.parameter.toLowerCase() === ambiguousTransactionName) {
    warnings.push({
      code: 'NAME_GUESSED',
      message: `"${winner.parameter}" was read as the transaction ID, since a click ID came beside it. Send it as "txid" to be sure.`,
    });
  }
  return read({ found: winner, warnings });
}

function isTaken(name: string, names: FieldNames['names']): boolean {
  return Object.values(names).some((list) => list.includes(name));
}

/** Two spellings of one amount are one value: 1 in the query and 1.00 in the body. */
function canonical(field: ReadField, text: string): string {
  if (field !== 'amount') return text;
  const reading = readAmount(decodePercent(text), { negative: true, decimalComma: false });
  return reading.ok ? reading.amount : text;
}

function unusedMacros(parameters: readonly Parameter[], { names }: FieldNames): readonly Warning[] {
  const used = new Set(Object.values(names).flat());
  return parameters
    .filter(({ name, value }) => !used.has(name.toLowerCase()) && findUnreplacedMacro(value) !== undefined)
    .slice(0, 5)
    .map(({ name }) => ({
      code: 'MACRO_IN_UNUSED_PARAMETER',
      message: `"${name.slice(0, 64)}" holds a macro that was not replaced. Nothing here reads it; the sender's template may be wrong elsewhere too.`,
    }));
}
