import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import { isStatusAlone, maximumOrderBytes, maximumTransactionIdBytes, type Claim } from './claim';
import type { DuplicateMode } from '../values/duplicate-mode';
import { readEventTime } from './event-time';
import { conversionStatuses, readStatusWord, type StatusWord } from '../values/status';
import type { Preset } from '../presets';
import type { FieldValue } from './parameter-index';
import type { FieldValues } from './field-values';
import { isNoTransaction, isPlaceholder } from '../text/macros';
import { readMoney } from './money-reading';
import { ownValue } from '../text/own-value';
import { plainValue, unquoted } from '../text/percent-encoding';
import { read, reject, type Read } from '../values/rejection';
import { commonStatus, isPartialWord, isRenewalEvent } from './common-words';
import { readEventOf } from './event-of-postback';
import { ignore, wordOf, type EventReading } from './event-reading';
import { readRefund, readRefundsOfSale, type RefundReading } from './refund-reading';
import { isUnfinished } from './named-refunds';
import type { Warning } from '../values/reasons';

/** The content of a postback, in our words. */
export interface Reading {
  /** Part of the conversion's key; `conversion` where the sender named none, or named a reversal instead. */
  readonly event: string;
  readonly transactionId?: string;
  /** Its status or its event is a word that counts nothing here: a connection test, a missed payment. */
  readonly ignored?: true;
  readonly claim: Pick<
    Claim,
    | 'eventTime'
    | 'timeGiven'
    | 'wholeDay'
    | 'reinstates'
    | 'byEvent'
    | 'status'
    | 'amount'
    | 'currency'
    | 'minorDigits'
    | 'fallback'
    | 'mode'
    | 'reversal'
    | 'amountInAll'
    | 'refundedInAll'
    | 'saysPart'
    | 'anyEvent'
    | 'sentEvent'
    | 'renewal'
    | 'order'
  >;
  readonly warnings: readonly Warning[];
}

export interface ReadingRules {
  readonly integration: Integration;
  readonly preset: Preset;
  /** Absent where the campaign was deleted since: its clicks have no payout. */
  readonly campaign: Campaign | undefined;
  readonly receivedAt: number;
  /** The path that was asked for, in small letters and without doubled slashes, where it may say what the postback is for. */
  readonly path?: string;
}

/** Reads every field by its rules. An optional field never costs the conversion; money that is not plain does. */
export function readFields(values: FieldValues, rules: ReadingRules): Read<Reading> {
  const event = readEventOf(values, rules);
  if (!event.ok) return event;
  const worded = readStatusField(values, rules);
  if (!worded.ok) return worded;
  const time = readTime(values.timestamp, rules);
  const { name, takesBack, open, step } = event.value;
  // A status that is named says what an open word leaves open; nothing turns one about a reversal into a sale.
  if (
    open !== undefined &&
    (worded.value === undefined || (open.about === 'reversal' && worded.value === 'approved'))
  ) {
    return { ok: false, rejection: open.rejection };
  }
  if (takesBack === 'reversed' && rules.preset.freeStatuses === true && isUnfinished(values.status)) {
    return reject('STATUS_UNKNOWN', unfinishedMessage(values));
  }
  const ignored = worded.value === ignore || event.value.isIgnored === true;
  const transaction = ignored ? read(undefined) : readTransactionId(values.transactionId);
  if (!transaction.ok) return transaction;
  const asked = takesBack ?? (worded.value === ignore ? undefined : worded.value);
  const mode = modeOf(name, rules);
  const refund = ignored
    ? read(undefined)
    : readRefunds(values, { takesBack: asked === 'reversed' || takesBack !== undefined, status: asked }, mode, rules);
  if (!refund.ok) return refund;
  const { amount: told, inAll, ofSale } = refund.value ?? {};
  const named = refund.value?.takesBack === true ? 'reversed' : asked;
  const reverses = named === 'reversed' || takesBack !== undefined;
  const saysPart =
    reverses && [values.event ?? values.namedEvent?.value, values.status].some((value) => isPartialWord(wordOf(value)));
  const money = ignored
    ? read(undefined)
    : readMoneyOf(
        told === undefined ? values : { ...values, amount: told },
        name,
        { status: named, needsNoAmount: reverses },
        rules,
      );
  if (!money.ok) return money;
  const refunded =
    ofSale && readMoneyOf({ ...values, amount: ofSale }, name, { status: 'reversed', needsNoAmount: true }, rules);
  if (refunded?.ok === false) return refunded;
  const refundedInAll = refunded?.value.amount;
  const { amount, currency, minorDigits, fallback = {}, takenBack = false, warnings = [] } = money.value ?? {};
  const reversal = reverses || takenBack ? (rules.integration.reversals ?? 'partial') : undefined;
  if (saysPart && amount === undefined && !ignored && reversal === 'partial')
    return reject('AMOUNT_INVALID', partMessage(values));
  const byEvent = named === undefined && reversal === undefined && step === 'paid';
  const status = byEvent ? 'approved' : named;
  const transactionId = transaction.value;
  const order = orderOf(values.order);
  return read({
    event: name,
    ...(transactionId !== undefined && { transactionId }),
    ...(ignored && { ignored }),
    claim: {
      eventTime: time.eventTime,
      timeGiven: time.timeGiven,
      ...(time.isDay && (reversal !== undefined || status === 'rejected') && { wholeDay: true as const }),
      ...(reversal === undefined && reinstates(values, rules) && { reinstates: true as const }),
      ...(status !== undefined && { status }),
      ...(byEvent && { byEvent }),
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
      ...(minorDigits !== undefined && { minorDigits }),
      fallback: { ...fallback, status: step === 'unpaid' ? 'pending' : rules.preset.defaultStatus },
      mode,
      ...(reversal !== undefined && { reversal }),
      ...(inAll && { amountInAll: true as const }),
      ...(refundedInAll !== undefined && { refundedInAll }),
      ...(saysPart && { saysPart: true as const }),
      ...eventOfChange(
        event.value,
        reversal !== undefined || isStatusAlone({ status, amount, payout: fallback.amount }),
      ),
      ...(isRenewalEvent(name) && { renewal: true as const }),
      ...(order !== undefined && { order }),
    },
    warnings: [
      ...event.value.warnings,
      ...time.warnings,
      ...damageOf(values.transactionId, transactionId),
      ...(refund.value?.warnings ?? []),
      ...warnings,
    ],
  });
}

/** Returns the event of the sale as a change of it names it. The word of a reversal itself names none. */
function eventOfChange({ isNamed, sentAs }: EventReading, isChange: boolean): Pick<Claim, 'anyEvent' | 'sentEvent'> {
  if (!isChange) return {};
  if (!isNamed) return { anyEvent: true };
  return sentAs === undefined ? {} : { sentEvent: sentAs };
}

/** Whether event or status alone say that nothing counts, even where other fields are wrong. */
export function saysIgnore(values: FieldValues, rules: ReadingRules): boolean {
  const event = readEventOf(values, rules);
  const status = readStatusField(values, rules);
  return (event.ok && event.value.isIgnored === true) || (status.ok && status.value === ignore);
}

function readRefunds(
  values: FieldValues,
  { takesBack, status }: { readonly takesBack: boolean; readonly status: StatusWord | undefined },
  mode: DuplicateMode,
  rules: ReadingRules,
): Read<RefundReading | undefined> {
  if (takesBack) return readRefund(values, rules);
  return status === undefined || status === 'approved' ? readRefundsOfSale(values, mode, rules) : read(undefined);
}

function readMoneyOf(
  values: FieldValues,
  event: string,
  { status, needsNoAmount }: { readonly status: StatusWord | undefined; readonly needsNoAmount: boolean },
  rules: ReadingRules,
) {
  const { integration, preset, campaign } = rules;
  const takesBack = status === 'reversed' || status === 'rejected';
  return readMoney(values, event, { integration, preset, campaign, takesBack, needsNoAmount });
}

interface TimeReading {
  readonly eventTime: number;
  readonly timeGiven: boolean;
  /** Whether the sender names a day and no time. */
  readonly isDay: boolean;
  readonly warnings: readonly Warning[];
}

function readTime(value: FieldValue | undefined, { integration, preset, receivedAt }: ReadingRules): TimeReading {
  if (value === undefined) return { eventTime: receivedAt, timeGiven: false, isDay: false, warnings: [] };
  const shown = `"${value.parameter.slice(0, 64)}"`;
  const reading = readEventTime(wordOf(value), receivedAt, integration.timeZone ?? preset.timeZone);
  if (!reading.ok) {
    const message = `${shown} came as "${value.text.slice(0, 64)}", which is no time that is read: the receipt counts. Send Unix seconds or ISO 8601 (2026-01-31T23:59:59Z).`;
    const warnings = [{ code: 'TIMESTAMP_UNREAD' as const, message }];
    return { eventTime: receivedAt, timeGiven: false, isDay: false, warnings };
  }
  if (reading.milliseconds <= receivedAt) {
    return { eventTime: reading.milliseconds, timeGiven: true, isDay: reading.isDay, warnings: [] };
  }
  const message = `${shown} is ahead of our clock, so the time of receipt counts. Check the sender's clock and time zone.`;
  const warnings = [{ code: 'TIMESTAMP_IN_FUTURE' as const, message }];
  return { eventTime: receivedAt, timeGiven: true, isDay: false, warnings };
}

/** A postback for an unknown part is rejected: the whole would be too much, and nothing too little. */
function partMessage({ unreadMoney = [], event, namedEvent, status }: FieldValues): string {
  const word = [event ?? namedEvent?.value, status].map(wordOf).find(isPartialWord) ?? '';
  const names = unreadMoney.map((name) => `"${name}"`).join(', ');
  const advice =
    names === ''
      ? 'Send the part as "refund_amount"'
      : `Name the one of ${names} that holds the part in parameters.amount of the integration, then replay`;
  return `"${word.slice(0, 64)}" takes back a part, and no amount was read. ${advice}.`;
}

function unfinishedMessage({ event, namedEvent, status }: FieldValues): string {
  const [word, state] = [event ?? namedEvent?.value, status].map((value) => `"${wordOf(value).slice(0, 64)}"`);
  return `The status of ${word} is ${state}: nothing was taken back. Send it again once it has completed.`;
}

function readStatusField(
  { status: value, statusWords }: FieldValues,
  { integration, preset }: ReadingRules,
): Read<StatusWord | undefined> {
  if (value === undefined) return read(undefined);
  const word = unquoted(plainValue(value.text));
  const own = integration.statuses ?? {};
  const listed = Object.fromEntries(statusWords ?? []);
  const status = readStatusWord(word, own, listed, preset.statuses) ?? commonStatus(word, preset);
  if (status !== undefined) return read(status);
  const sent = value.text.slice(0, 64);
  const words = [...Object.keys(own), ...Object.keys(preset.statuses), ...conversionStatuses];
  return reject(
    'STATUS_UNKNOWN',
    `"${value.parameter.slice(0, 64)}" came as "${sent}", which is no status known here. Set statuses of the integration to {"${sent}": "approved"}, or to what it means, then replay; known are ${[...new Set(words)].join(', ')}.`,
  );
}

/** Whether the status is a word of the system for a reversal that has ended in favour of the sale. */
function reinstates({ status: value }: FieldValues, { preset }: ReadingRules): boolean {
  if (value === undefined || preset.reinstatingStatuses === undefined) return false;
  return preset.reinstatingStatuses.includes(unquoted(plainValue(value.text)).toLowerCase());
}

function readTransactionId(value: FieldValue | undefined): Read<string | undefined> {
  const transactionId = value === undefined ? undefined : unquoted(plainValue(value.text));
  if (value === undefined || transactionId === undefined || transactionId === '') return read(undefined);
  const bytes = Buffer.byteLength(transactionId);
  if (bytes <= maximumTransactionIdBytes) return read(transactionId);
  return reject(
    'TOO_LARGE',
    `"${value.parameter.slice(0, 64)}" has ${bytes} bytes; a transaction ID takes ${maximumTransactionIdBytes}.`,
  );
}

/** A number as a spreadsheet shortens it, and letters of another encoding: the lost part may be the only difference between two orders. */
function damageOf(value: FieldValue | undefined, transactionId = ''): readonly Warning[] {
  const isShortened = /^\d[.,]\d+e\+\d+$/i.test(transactionId);
  if (value === undefined || (!isShortened && !transactionId.includes('\ufffd'))) return [];
  const came = `"${value.parameter.slice(0, 64)}" came as "${value.text.slice(0, 64)}"`;
  const message = isShortened
    ? `${came}, as a spreadsheet shortens numbers: other orders may have the same. Format the column as text and export it again.`
    : `${came}, with letters that were lost on the way: other orders may have the same. Send the body in UTF-8.`;
  return [{ code: 'TRANSACTION_ID_DAMAGED', message }];
}

/** An order that is no number of an order links nothing, and costs nothing. */
function orderOf(value: FieldValue | undefined): string | undefined {
  const order = plainValue(value?.text ?? '');
  if (order === '' || isPlaceholder(order) || isNoTransaction(order)) return undefined;
  return Buffer.byteLength(order) > maximumOrderBytes ? undefined : order;
}

function modeOf(event: string, { integration: { duplicates }, preset, path = '' }: ReadingRules): DuplicateMode {
  const chosen = ownValue(duplicates?.events, event) ?? duplicates?.default ?? ownValue(preset.pathModes, path);
  return chosen ?? (isRenewalEvent(event) ? 'separate' : preset.duplicateMode);
}
