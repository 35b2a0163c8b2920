import { generic } from '../presets/generic';
import type { Parameter } from '../text/query';
import { plainValue, unquoted } from '../text/percent-encoding';
import type { Warning } from '../values/reasons';
import { read, type Read } from '../values/rejection';
import { isReversalEvent } from './common-words';
import type { FieldNames } from './field-names';
import { guessesNames, quotedName, select } from './field-selection';
import { foldName, objectOf, withJoined, type FieldValue, type ParameterIndex } from './parameter-index';
import { soFarNames } from './named-refunds';
import { findNamedCurrency } from './named-currency';
import { findNamedStatus, usualStatus } from './named-status';

/** Names under which systems send the number of an order, beside the usual ones: without it, the next sale of the click is a repeat. */
export const orderNames: readonly string[] = withJoined(
  'order_number order_no order_reference order_ref invoice invoice_id invoice_number invoice_no sale_id txn_id trans_id trx_id payment_id ' +
    'purchase_id conversion_id booking_id receipt',
);

/** Names under which a refund says what went back, where its amount may be that of the order. */
const refundedNames: readonly string[] = [...withJoined('refund_amount refund_total'), ...soFarNames];

/** The fields by the usual names, and other places to search. */
export interface Unnamed {
  readonly values: Readonly<Partial<Record<'amount' | 'currency' | 'status' | 'transactionId', FieldValue>>>;
  readonly parameters: readonly Parameter[];
  readonly index: ParameterIndex;
  /** The objects around the click ID, and those that the postback is about, as prefixes of names. */
  readonly scopes: readonly string[];
  /** Those that the postback is about and the click ID is not in. */
  readonly subjects: readonly string[];
}

/** A field that was found under a name that is not among its own. */
interface Guess {
  readonly found?: FieldValue;
  /** The amount that a reversal takes back, where its own parameter names it. */
  readonly amount?: FieldValue;
  readonly warnings: readonly Warning[];
}

const none: Read<Guess> = read({ warnings: [] });

function guessedAs(meaning: string, { parameter }: FieldValue, advice: string): Warning {
  return { code: 'NAME_GUESSED', message: `${quotedName(parameter)} was read as the ${meaning}. ${advice}.` };
}

function guess(meaning: string, found: FieldValue, advice: string, amount?: FieldValue): Read<Guess> {
  const warnings = [guessedAs(meaning, found, advice)];
  return read({ found, warnings, ...(amount !== undefined && { amount }) });
}

/** The number of an order under another name; of one of several conversions, the `id` of its element. */
export function guessTransactionId(
  { values, index, scopes, parameters }: Unnamed,
  fieldNames: FieldNames,
): Read<Guess> {
  if (values.transactionId !== undefined || !guessesNames(fieldNames)) return none;
  const { names, ...others } = fieldNames;
  const taken = new Set(Object.values(names).flat());
  const tried = orderNames.filter((name) => !taken.has(name));
  const selected = select('transactionId', index, scopes, { ...others, names: { ...names, transactionId: tried } });
  if (!selected.ok) return selected;
  const found = selected.value.found ?? (taken.has('id') ? undefined : idOfElement(parameters));
  if (found === undefined) return selected;
  const told = guess('transaction ID', found, 'Send it as "txid" to be sure');
  return told.ok ? read({ ...told.value, warnings: [...selected.value.warnings, ...told.value.warnings] }) : told;
}

function idOfElement(parameters: readonly Parameter[]): FieldValue | undefined {
  const id = parameters.find(({ name, isOfElement }) => isOfElement === true && foldName(name) === 'id');
  return id === undefined ? undefined : { parameter: id.name, text: id.value };
}

/** The refunded amount of a reversal, with the warning of a guessed name. */
export interface Refunded {
  readonly value: FieldValue;
  readonly warning: Warning;
}

/** Returns the amount that a refund reports as refunded, under a separate name. */
export function guessRefunded({ index, scopes }: Unnamed, fieldNames: FieldNames): Read<Refunded | undefined> {
  if (fieldNames.preset.id !== generic.id || fieldNames.chosen.has('amount')) return read(undefined);
  const names = { ...fieldNames.names, amount: refundedNames };
  const told = select('amount', index, scopes, { ...fieldNames, names });
  if (!told.ok) return told;
  const { found } = told.value;
  if (found === undefined) return read(undefined);
  const warning = guessedAs('refunded amount', found, 'Name it in parameters.amount of the integration to be sure');
  return read({ value: found, warning });
}

/**
 * Finds a status in another parameter. One that was sent comes first, unless it only reports the success of an event that another parameter
 * calls a reversal.
 */
export function guessStatus({ values, parameters, index, subjects }: Unnamed, fieldNames: FieldNames): Read<Guess> {
  if (values.status === undefined) {
    const ofSubject = statusOfSubject(index, subjects, fieldNames);
    if (ofSubject !== undefined) return guess('status', ofSubject, 'Send it beside the click ID to be sure');
  }
  if (fieldNames.preset.id !== generic.id || fieldNames.chosen.has('status')) return none;
  const { status: sent } = values;
  if (sent !== undefined && usualStatus(unquoted(plainValue(sent.text))) !== 'approved') return none;
  const told = findNamedStatus(parameters);
  if (!told.ok) return sent === undefined ? told : none;
  if (told.value === undefined) return none;
  const { status, amount } = told.value;
  // Beside a status, an amount may be what was taken back before.
  if (sent !== undefined && (amount !== undefined || !isReversalEvent(plainValue(status.text)))) return none;
  return guess('status', status, 'Send it as "status" to be sure', amount);
}

/** A rejection or a reversal of the one object that the amount is of: `{"order": {"amount": 9, "status": "declined"}}`. */
function statusOfSubject(
  index: ParameterIndex,
  subjects: readonly string[],
  { names, exact }: FieldNames,
): FieldValue | undefined {
  if (exact.has('status')) return undefined;
  for (const scope of subjects) {
    for (const { name, value } of names.status.flatMap((one) => index.find(`${scope}${foldName(one)}`))) {
      const status = usualStatus(unquoted(plainValue(value)));
      if (status === 'rejected' || status === 'reversed') return { parameter: name, text: value };
    }
  }
  return undefined;
}

/** The currency of an amount that names none: read as another one it would change the money. */
export function guessCurrency({ values, parameters, scopes }: Unnamed, { preset, chosen }: FieldNames): Read<Guess> {
  if (values.amount === undefined || values.currency !== undefined) return none;
  if (preset.id !== generic.id || chosen.has('currency')) return none;
  const told = findNamedCurrency(parameters, [...scopes, objectOf(values.amount)], values.amount);
  if (!told.ok) return told;
  return told.value === undefined ? none : guess('currency', told.value, 'Send it as "currency" to be sure');
}
