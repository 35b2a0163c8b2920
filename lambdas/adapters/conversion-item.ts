import { NumberValueImpl, unmarshall, type NumberValue } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import type { Conversion } from '../domain/conversion/conversion';
import { duplicateModes } from '../domain/conversion/duplicate-mode';
import type { HistoryEntry } from '../domain/conversion/history';
import { amountText, clickIdText, currencyText, requestIdText, statusText, toItem, type Item } from './item';

const fallbackSchema = v.object({
  status: statusText,
  amount: v.optional(amountText),
  currency: v.optional(currencyText),
});

const entrySchema = v.object({
  requestId: requestIdText,
  eventTime: v.number(),
  timeGiven: v.optional(v.boolean(), false),
  receivedAt: v.number(),
  fingerprint: v.string(),
  status: v.optional(statusText),
  amount: v.optional(amountText),
  currency: v.optional(currencyText),
  fallback: fallbackSchema,
  mode: v.picklist(duplicateModes),
  reason: v.picklist(['OK', 'OK_UPDATED', 'OK_DUPLICATE', 'OK_STALE', 'CONFLICTING_DUPLICATE', 'TRANSITION_REFUSED']),
  delta: amountText,
});

const conversionSchema = v.object({
  clickId: clickIdText,
  conversionKey: v.string(),
  event: v.string(),
  transactionId: v.optional(v.string()),
  campaign: v.string(),
  integration: v.string(),
  source: v.optional(v.string()),
  status: statusText,
  amount: amountText,
  currency: v.optional(currencyText),
  test: v.optional(v.boolean(), false),
  repeated: v.optional(v.boolean(), false),
  version: v.number(),
  recordedAt: v.number(),
  changedAt: v.number(),
  history: v.array(entrySchema),
  repeats: v.optional(v.array(v.object({ requestId: requestIdText, fingerprint: v.string(), receivedAt: v.number() }))),
});

/** Writes a conversion. Its amount is a DynamoDB number, exact to the last digit: a report can sum it. */
export function writeConversion(conversion: Conversion): Item {
  return toItem({
    ...conversion,
    amount: NumberValueImpl.from(conversion.amount),
    test: conversion.test || undefined,
    repeated: conversion.repeated || undefined,
    history: conversion.history.map((entry: HistoryEntry) => ({ ...entry, timeGiven: entry.timeGiven || undefined })),
  });
}

export function readConversion(item: Item): Conversion {
  const { amount, ...others } = item;
  const fields: Record<string, unknown> = unmarshall(others);
  return v.parse(conversionSchema, { ...fields, amount: amount?.N });
}

export type { NumberValue };
