import * as v from 'valibot';
import type { Conversion, EntryReason, HistoryEntry } from '../../domain/conversion/conversion';

import { field, type Shown } from '../http/answer-schema';

const entryReasons = [
  'OK',
  'OK_UPDATED',
  'OK_DUPLICATE',
  'OK_STALE',
  'CONFLICTING_DUPLICATE',
  'TRANSITION_REFUSED',
  'CURRENCY_INVALID',
  'AMOUNT_INVALID',
] as const satisfies readonly EntryReason[];

const historyEntry = v.strictObject({
  requestId: v.string(),
  eventTime: field.time,
  receivedAt: field.time,
  status: v.optional(field.status),
  amount: v.optional(field.amount),
  currency: v.optional(v.string()),
  reason: v.picklist(entryReasons),
  deltas: v.pipe(
    v.record(v.string(), field.amount),
    v.description('By how much this change moved what is payable, by currency'),
  ),
});

/** A conversion as the API shows it; unknown fields are absent. */
export const conversionAnswer = v.strictObject({
  clickId: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  campaign: v.string(),
  integration: v.string(),
  source: v.optional(v.string()),
  status: field.status,
  amount: v.pipe(v.optional(field.amount), v.description('Absent where no amount is known')),
  amountNamed: v.pipe(v.boolean(), v.description('Whether a sender named the amount, or a payout replaces it')),
  currency: v.optional(v.string()),
  test: v.boolean(),
  repeated: v.pipe(v.boolean(), v.description('A repeat of a known key that the integration counts apart')),
  version: field.count,
  recordedAt: field.time,
  changedAt: field.time,
  history: v.pipe(v.array(historyEntry), v.description('Every change in the order of arrival')),
});

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export function conversionView(conversion: Conversion): Shown<typeof conversionAnswer> {
  const { clickId, event, transactionId, campaign, integration, source, status, amount, currency } = conversion;
  return {
    clickId,
    event,
    transactionId,
    campaign,
    integration,
    source,
    status,
    amount,
    amountNamed: conversion.amountNamed,
    currency,
    test: conversion.test,
    repeated: conversion.repeated,
    version: conversion.version,
    recordedAt: iso(conversion.recordedAt),
    changedAt: iso(conversion.changedAt),
    history: conversion.history.map(entryView),
  };
}

function entryView({
  requestId,
  eventTime,
  receivedAt,
  status,
  amount,
  currency,
  reason,
  deltas,
}: HistoryEntry): Shown<typeof historyEntry> {
  return {
    requestId,
    eventTime: iso(eventTime),
    receivedAt: iso(receivedAt),
    status,
    amount,
    currency,
    reason,
    deltas,
  };
}
