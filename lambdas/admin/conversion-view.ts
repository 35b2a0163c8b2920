import type { Conversion } from '../domain/conversion/conversion';
import type { HistoryEntry } from '../domain/conversion/history';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A conversion as the API shows it; what is not known is left out. */
export function conversionView(conversion: Conversion): object {
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
}: HistoryEntry): object {
  return { requestId, eventTime: iso(eventTime), receivedAt: iso(receivedAt), status, amount, currency, reason, delta };
}
