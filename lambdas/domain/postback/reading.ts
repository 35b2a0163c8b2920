import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import { maximumEventLength, maximumTransactionIdBytes } from '../conversion/conversion';
import type { DuplicateMode } from '../conversion/duplicate-mode';
import { readEventTime } from '../conversion/event-time';
import type { Claim } from '../conversion/claim';
import { conversionStatuses, readStatus, type ConversionStatus } from '../conversion/status';
import type { Preset } from '../presets';
import type { FieldValue, FieldValues } from './field-values';
import { readMoney } from './money-reading';
import { decodePercent } from './percent-encoding';
import { ownValue } from './own-value';
import { read, refuse, type Read } from './refusal';
import type { Warning } from './verdict';

/** What a postback says, in our words. */
export interface Reading {
  readonly event: string;
  readonly transactionId?: string;
  readonly ignored?: true;
  readonly claim: Pick<
    Claim,
    'eventTime' | 'timeGiven' | 'status' | 'amount' | 'currency' | 'fallback' | 'mode' | 'reversal' | 'anyEvent'
  >;
  readonly warnings: readonly Warning[];
}

export interface ReadingRules {
  readonly integration: Integration;
  readonly preset: Preset;
  /** Absent where the campaign was deleted since: its clicks keep the usual window, and no payout. */
  readonly campaign: Campaign | undefined;
  readonly receivedAt: number;
}

const defaultEvent = 'conversion';

/** Reads every field by its rules: time and window first, then event, money, status and transaction. */
export function readFields(values: FieldValues, rules: ReadingRules): Read<Reading> {
  const time = readTime(values.timestamp, rules);
  if (!time.ok) return time;
  const event = readEvent(values.event, rules);
  if (!event.ok) return event;
  const money = readMoney(values, event.value, rules);
  if (!money.ok) return money;
  const status = readStatusField(values.status, rules);
  if (!status.ok) return status;
  const transactionId = values.transactionId?.text;
  if (transactionId !== undefined && Buffer.byteLength(transactionId) > maximumTransactionIdBytes) {
    return refuse(
      'TOO_LARGE',
      `"${values.transactionId?.parameter}" has ${Buffer.byteLength(transactionId)} bytes; a transaction ID takes ${maximumTransactionIdBytes}.`,
    );
  }
  const { amount, currency, fallback } = money.value;
  return read({
    event: event.value,
    ...(transactionId !== undefined && { transactionId }),
    claim: {
      eventTime: time.value.eventTime,
      timeGiven: values.timestamp !== undefined,
      ...(status.value !== undefined && { status: status.value }),
      ...(status.value === 'reversed' && { reversal: 'partial' as const, anyEvent: true as const }),
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
      fallback: { ...fallback, status: rules.preset.defaultStatus },
      mode: modeOf(event.value, rules),
    },
    warnings: [...time.value.warnings, ...money.value.warnings],
  });
}

function readTime(
  value: FieldValue | undefined,
  { receivedAt }: ReadingRules,
): Read<{ readonly eventTime: number; readonly warnings: readonly Warning[] }> {
  const warnings: Warning[] = [];
  let eventTime = receivedAt;
  if (value !== undefined) {
    const reading = readEventTime(decodePercent(value.text), receivedAt);
    if (!reading.ok) {
      return refuse(
        'TIMESTAMP_INVALID',
        `"${value.parameter}" came as "${value.text.slice(0, 64)}". Send Unix seconds, Unix milliseconds or ISO 8601 in UTC, such as 2026-01-31T23:59:59Z, and no time ahead of now.`,
      );
    }
    eventTime = Math.min(reading.milliseconds, receivedAt);
    if (reading.milliseconds > receivedAt) {
      warnings.push({
        code: 'TIMESTAMP_IN_FUTURE',
        message: `"${value.parameter}" is ahead of our clock, so the time of receipt counts. Check the sender's clock and time zone.`,
      });
    }
  }
  return read({ eventTime, warnings });
}

function readEvent(value: FieldValue | undefined, { integration, preset, campaign }: ReadingRules): Read<string> {
  if (value === undefined) return read(defaultEvent);
  const sent = decodePercent(value.text).trim().toLowerCase();
  if (sent === '') return read(defaultEvent);
  const own = lookUp(integration.events, sent);
  const event = own ?? lookUp(preset.events, sent) ?? sent;
  if (event.length > maximumEventLength || hasControlCharacter(event)) {
    return refuse(
      'EVENT_UNKNOWN',
      `"${value.parameter}" is no event name: a name has up to ${maximumEventLength} characters and no control characters.`,
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
        `"${value.parameter}" came as "${value.text.slice(0, 64)}". This integration takes ${[...known].join(', ')}; add the word to its events to take more.`,
      );
    }
  }
  return read(event);
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((letter) => letter < ' ' || letter === '\u007f');
}

function lookUp(words: Readonly<Record<string, string>> | undefined, sent: string): string | undefined {
  return Object.entries(words ?? {}).find(([theirs]) => theirs.trim().toLowerCase() === sent)?.[1];
}

function readStatusField(
  value: FieldValue | undefined,
  { integration, preset }: ReadingRules,
): Read<ConversionStatus | undefined> {
  if (value === undefined) return read(undefined);
  const status = readStatus(decodePercent(value.text), integration.statuses ?? {}, preset.statuses);
  if (status !== undefined && status !== 'ignore') return read(status);
  const words = [...Object.keys(integration.statuses ?? {}), ...Object.keys(preset.statuses), ...conversionStatuses];
  return refuse(
    'STATUS_UNKNOWN',
    `"${value.parameter}" came as "${value.text.slice(0, 64)}". Known words are ${[...new Set(words)].join(', ')}; add this one to statuses of the integration.`,
  );
}

function modeOf(event: string, { integration, preset }: ReadingRules): DuplicateMode {
  return ownValue(integration.duplicates?.events, event) ?? integration.duplicates?.default ?? preset.duplicateMode;
}
