import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import { isStatusAlone, maximumEventLength, maximumOrderBytes, maximumTransactionIdBytes, type Claim } from './claim';
import type { DuplicateMode } from '../values/duplicate-mode';
import { readEventTime } from './event-time';
import { conversionStatuses, readStatusWord, type StatusWord } from '../values/status';
import type { Preset } from '../presets';
import type { FieldValue } from './parameter-index';
import type { FieldValues } from './field-values';
import { isNoTransaction, isPlaceholder } from '../text/macros';
import { readMoney } from './money-reading';
import { ownValue } from '../text/own-value';
import { composed, plainValue, unquoted } from '../text/percent-encoding';
import { read, refuse, type Read } from '../values/refusal';
import { commonStatus, isDoubtfulReversal, isRejectionEvent, isRenewalEvent, isReversalEvent } from './common-words';
import type { Warning } from '../values/reasons';

/** What a postback says, in our words. */
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
    | 'status'
    | 'amount'
    | 'currency'
    | 'fallback'
    | 'mode'
    | 'reversal'
    | 'amountInAll'
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
}

const defaultEvent = 'conversion';

/** The word that statuses and events may be mapped to where they are no conversion. */
const ignore = 'ignore';

/** Reads every field by its rules. An optional field never costs the conversion; money that is not plain does. */
export function readFields(values: FieldValues, rules: ReadingRules): Read<Reading> {
  const event = readEvent(values.event, rules);
  if (!event.ok) return event;
  const worded = readStatusField(values, rules);
  if (!worded.ok) return worded;
  const time = readTime(values.timestamp, rules);
  const { name, takesBack } = event.value;
  const ignored = worded.value === ignore || event.value.isIgnored === true;
  const transaction = ignored ? read(undefined) : readTransactionId(values.transactionId);
  if (!transaction.ok) return transaction;
  const status = takesBack ?? (worded.value === ignore ? undefined : worded.value);
  const reverses = status === 'reversed' || takesBack !== undefined;
  const inAll = reverses ? values.reversedInAll : undefined;
  const money = ignored
    ? read(undefined)
    : readMoneyOf(
        inAll === undefined ? values : { ...values, amount: inAll },
        name,
        { status, needsNoAmount: reverses },
        rules,
      );
  if (!money.ok) return money;
  const { amount, currency, fallback = {}, takenBack = false, warnings = [] } = money.value ?? {};
  const reversal = reverses || takenBack ? (rules.integration.reversals ?? 'partial') : undefined;
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
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
      fallback: { ...fallback, status: rules.preset.defaultStatus },
      mode: modeOf(name, rules),
      ...(reversal !== undefined && { reversal }),
      ...(inAll !== undefined && { amountInAll: true as const }),
      ...eventOfChange(
        event.value,
        reversal !== undefined || isStatusAlone({ status, amount, payout: fallback.amount }),
      ),
      ...(isRenewalEvent(name) && { renewal: true as const }),
      ...(order !== undefined && { order }),
    },
    warnings: [...time.warnings, ...warnings],
  });
}

/** How a change of a sale names the event of the sale. The word of a reversal itself names none. */
function eventOfChange({ isNamed, sentAs }: EventReading, isChange: boolean): Pick<Claim, 'anyEvent' | 'sentEvent'> {
  if (!isChange) return {};
  if (!isNamed) return { anyEvent: true };
  return sentAs === undefined ? {} : { sentEvent: sentAs };
}

/** Whether event or status alone say that nothing counts, even where other fields are wrong. */
export function saysIgnore(values: FieldValues, rules: ReadingRules): boolean {
  const event = readEvent(values.event, rules);
  const status = readStatusField(values, rules);
  return (event.ok && event.value.isIgnored === true) || (status.ok && status.value === ignore);
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
  const reading = readEventTime(plainValue(value.text), receivedAt, integration.timeZone ?? preset.timeZone);
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

interface EventReading {
  readonly name: string;
  /** The status that the name itself asks for: it takes back what was said before. */
  readonly takesBack?: 'reversed' | 'rejected';
  /** Whether the name came from the sender. */
  readonly isNamed: boolean;
  /** What the sender calls it, where a mapping made another name of that. */
  readonly sentAs?: string;
  /** It is mapped to nothing that counts. */
  readonly isIgnored?: true;
}

function readEvent(value: FieldValue | undefined, rules: ReadingRules): Read<EventReading> {
  const { integration, preset, campaign } = rules;
  const word = value === undefined ? '' : unquoted(plainValue(value.text));
  const sent = word.toLowerCase();
  if (value === undefined || sent === '') return read({ name: defaultEvent, isNamed: false });
  const mapped = lookUp(integration.events, sent) ?? lookUp(preset.events, sent);
  const event = mapped ?? sent;
  if (mapped === ignore) return read({ name: defaultEvent, isNamed: false, isIgnored: true });
  const isReversal = [word, event].some((one) => isReversalEvent(one, preset.reversalEvents));
  // A reversal by its own word names no conversion; one that is mapped to another event names that.
  if (isReversal && isReversalEvent(mapped ?? word, preset.reversalEvents)) {
    return read({ name: defaultEvent, takesBack: 'reversed', isNamed: false });
  }
  if (mapped === undefined && isRejectionEvent(word)) {
    return read({ name: defaultEvent, takesBack: 'rejected', isNamed: false });
  }
  const shown = `"${value.parameter.slice(0, 64)}"`;
  if (mapped === undefined && isDoubtfulReversal(word, preset.reversalEvents)) {
    const came = value.text.slice(0, 64);
    return refuse(
      'EVENT_UNKNOWN',
      `${shown} came as "${came}", which may take a sale back or not. Set events of the integration to {"${came}": "ignore"}, or to "refund", then replay.`,
    );
  }
  if (event.length > maximumEventLength || hasControlCharacter(event)) {
    return refuse(
      'EVENT_UNKNOWN',
      `${shown} is no event name: a name has up to ${maximumEventLength} characters and no control characters.`,
    );
  }
  if (integration.strictEvents === true) {
    const known = new Set([
      ...Object.values(integration.events ?? {}),
      ...Object.values(preset.events),
      ...Object.keys(campaign?.events ?? {}),
      defaultEvent,
    ]);
    if (!known.has(event)) {
      return refuse(
        'EVENT_UNKNOWN',
        `${shown} came as "${value.text.slice(0, 64)}". This integration takes ${[...known].join(', ')}; add the word to its events to take more.`,
      );
    }
  }
  return read({
    name: event,
    ...(isReversal && { takesBack: 'reversed' as const }),
    isNamed: true,
    ...(event !== sent && { sentAs: sent }),
  });
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((letter) => letter < ' ' || letter === '\u007f');
}

function lookUp(words: Readonly<Record<string, string>> | undefined, sent: string): string | undefined {
  return Object.entries(words ?? {}).find(([theirs]) => composed(theirs.trim()).toLowerCase() === sent)?.[1];
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
  return refuse(
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
  return refuse(
    'TOO_LARGE',
    `"${value.parameter.slice(0, 64)}" has ${bytes} bytes; a transaction ID takes ${maximumTransactionIdBytes}.`,
  );
}

/** An order that is no number of an order links nothing, and costs nothing. */
function orderOf(value: FieldValue | undefined): string | undefined {
  const order = plainValue(value?.text ?? '');
  if (order === '' || isPlaceholder(order) || isNoTransaction(order)) return undefined;
  return Buffer.byteLength(order) > maximumOrderBytes ? undefined : order;
}

function modeOf(event: string, { integration: { duplicates }, preset }: ReadingRules): DuplicateMode {
  const chosen = ownValue(duplicates?.events, event) ?? duplicates?.default;
  return chosen ?? (isRenewalEvent(event) ? 'separate' : preset.duplicateMode);
}
