import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import { maximumEventLength, maximumOrderBytes, maximumTransactionIdBytes, type Claim } from './claim';
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
import { read, refuse, type Read, type Refusal } from '../values/refusal';
import {
  commonStatus,
  doubtAbout,
  isPartialWord,
  isRejectionEvent,
  isRenewalEvent,
  isReversalEvent,
  type EventDoubt,
} from './common-words';
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
    | 'status'
    | 'amount'
    | 'currency'
    | 'fallback'
    | 'mode'
    | 'reversal'
    | 'amountInAll'
    | 'anyEvent'
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
  const { name, takesBack, open } = event.value;
  // A status that is named says what an open word leaves open; nothing turns one about a reversal into a sale.
  if (
    open !== undefined &&
    (worded.value === undefined || (open.about === 'reversal' && worded.value === 'approved'))
  ) {
    return { ok: false, refusal: open.refusal };
  }
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
      ...(status !== undefined && { status }),
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
      fallback: { ...fallback, status: rules.preset.defaultStatus },
      mode: modeOf(name, rules),
      ...(reversal !== undefined && { reversal }),
      ...(inAll !== undefined && { amountInAll: true as const }),
      // The word of the reversal itself names no event of a sale.
      ...(reversal !== undefined && !event.value.isNamed && { anyEvent: true as const }),
      ...(isRenewalEvent(name) && { renewal: true as const }),
      ...(order !== undefined && { order }),
    },
    warnings: [...time.warnings, ...warnings],
  });
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
  readonly warnings: readonly Warning[];
}

function readTime(value: FieldValue | undefined, { integration, preset, receivedAt }: ReadingRules): TimeReading {
  if (value === undefined) return { eventTime: receivedAt, timeGiven: false, warnings: [] };
  const shown = `"${value.parameter.slice(0, 64)}"`;
  const reading = readEventTime(plainValue(value.text), receivedAt, integration.timeZone ?? preset.timeZone);
  if (!reading.ok) {
    const message = `${shown} came as "${value.text.slice(0, 64)}", which is no time that is read: the receipt counts. Send Unix seconds or ISO 8601 (2026-01-31T23:59:59Z).`;
    return { eventTime: receivedAt, timeGiven: false, warnings: [{ code: 'TIMESTAMP_UNREAD', message }] };
  }
  if (reading.milliseconds <= receivedAt) {
    return { eventTime: reading.milliseconds, timeGiven: true, warnings: [] };
  }
  const message = `${shown} is ahead of our clock, so the time of receipt counts. Check the sender's clock and time zone.`;
  return { eventTime: receivedAt, timeGiven: true, warnings: [{ code: 'TIMESTAMP_IN_FUTURE', message }] };
}

interface EventReading {
  readonly name: string;
  /** The status that the name itself asks for: it takes back what was said before. */
  readonly takesBack?: 'reversed' | 'rejected';
  /** Whether the name came from the sender. */
  readonly isNamed: boolean;
  /** It is mapped to nothing that counts. */
  readonly isIgnored?: true;
  /** The word leaves open what happened, and so adds nothing unless a status says it. */
  readonly open?: { readonly about: EventDoubt; readonly refusal: Refusal };
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
  // What has a payout of its own is an event that the operator knows.
  const isKnown = mapped !== undefined || ownValue(campaign?.events, event) !== undefined;
  const about = isKnown ? undefined : doubtAbout(word, preset.reversalEvents);
  return read({
    name: event,
    ...(isReversal && { takesBack: 'reversed' as const }),
    isNamed: true,
    ...(about !== undefined && { open: { about, refusal: openWord(value, about) } }),
  });
}

function openWord({ parameter, text }: FieldValue, about: EventDoubt): Refusal {
  const came = text.slice(0, 64);
  const meaning =
    about === 'reversal'
      ? `which may take a sale back or not. Set events of the integration to {"${came}": "ignore"}, or to "refund"`
      : `which may be no payment. Set events of the integration to {"${came}": "ignore"}, or to the event that it is`;
  return {
    reason: 'EVENT_UNKNOWN',
    message: `"${parameter.slice(0, 64)}" came as "${came}", ${meaning}, then replay.`,
  };
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((letter) => letter < ' ' || letter === '\u007f');
}

function lookUp(words: Readonly<Record<string, string>> | undefined, sent: string): string | undefined {
  return Object.entries(words ?? {}).find(([theirs]) => theirs.trim().toLowerCase() === sent)?.[1];
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

function readTransactionId(value: FieldValue | undefined): Read<string | undefined> {
  const transactionId = value === undefined ? undefined : plainValue(value.text);
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
