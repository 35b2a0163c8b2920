import * as v from 'valibot';
import type { Conversion } from '../domain/conversion/conversion';
import type { EntryReason, HistoryEntry } from '../domain/conversion/history';
import { field, type Shown } from './answer-schema';

const entryReasons = [
  'OK',
  'OK_UPDATED',
  'OK_DUPLICATE',
  'OK_STALE',
  'CONFLICTING_DUPLICATE',
  'TRANSITION_REFUSED',
] as const satisfies readonly EntryReason[];

const historyEntry = v.strictObject({
  requestId: v.string(),
  eventTime: field.time,
  receivedAt: field.time,
  status: v.optional(field.status),
  amount: v.optional(field.amount),
  currency: v.optional(v.string()),
  reason: v.picklist(entryReasons),
  delta: v.pipe(field.amount, v.description('By how much this change moved what is payable')),
});

/** A conversion as the API shows it; what is not known is left out. */
export const conversionAnswer = v.strictObject({
  clickId: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  campaign: v.string(),
  integration: v.string(),
  source: v.optional(v.string()),
  status: field.status,
  amount: field.amount,
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
  delta,
}: HistoryEntry): Shown<typeof historyEntry> {
  return { requestId, eventTime: iso(eventTime), receivedAt: iso(receivedAt), status, amount, currency, reason, delta };
}
