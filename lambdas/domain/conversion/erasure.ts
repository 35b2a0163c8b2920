import type { RequestId } from '../identifiers/request-id';
import { withoutVisitor } from './click-details';
import type { Conversion } from './conversion';

/**
 * A conversion without what could tell of a person beside its key: the source that the visitor's link named, what the click knew of the
 * visitor, the orders, and the hashes of the requests. Event, status, money and times stay, since they are the books; the transaction ID
 * stays, since the key is made of it.
 * `undefined` where it is so already.
 */
export function erasedConversion(conversion: Conversion): Conversion | undefined {
  const { source, click, repeats, settledClaims, ...kept } = conversion;
  const statements = [...conversion.history, ...(repeats ?? []), ...(settledClaims ?? [])];
  const isWithoutVisitor = source === undefined && (click === undefined || kept.erased === true);
  const hasOrder = conversion.history.some(({ order }) => order !== undefined);
  if (isWithoutVisitor && !hasOrder && statements.every(({ statement }) => statement === '')) return undefined;
  return {
    ...kept,
    ...(click !== undefined && { click: withoutVisitor(click) }),
    erased: true,
    history: conversion.history.map(({ order: _order, ...entry }) => ({ ...entry, statement: '' })),
    ...(settledClaims !== undefined && { settledClaims: settledClaims.map((one) => ({ ...one, statement: '' })) }),
    ...(repeats !== undefined && { repeats: repeats.map((repeat) => ({ ...repeat, statement: '' })) }),
    // Whoever is writing it at this moment finds another version than it read, and takes this one for its base.
    version: conversion.version + 1,
  };
}

/** The requests that made a conversion what it is. */
export function requestsOf({ history, repeats = [], settledClaims = [] }: Conversion): readonly RequestId[] {
  return [...history, ...settledClaims, ...repeats].map(({ requestId }) => requestId);
}
