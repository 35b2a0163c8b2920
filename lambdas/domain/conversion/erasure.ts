import type { RequestId } from '../values/request-id';
import type { Claim } from '../request/claim';
import { forgetStatement } from '../trust/statement';
import { withoutVisitor } from './click-details';
import type { Conversion, Sighting } from './conversion';

/**
 * A conversion without personal data beside its key: the source that the visitor's link named, what the click knew of the
 * visitor, the orders, and all but a few letters of the hashes of the requests: by these a retry is still known. Event, status, money and
 * times stay, since they are the books; the transaction ID stays, since the key is made of it.
 * `undefined` where it is so already.
 */
export function erasedConversion(conversion: Conversion): Conversion | undefined {
  const { source, click, settled, history, ...kept } = conversion;
  const claims = [...history, ...(settled?.waiting ?? [])];
  const isWithoutVisitor = source === undefined && (click === undefined || kept.erased === true);
  const isForgotten = [...claims, ...sightingsOf(conversion)].every(
    ({ statement }) => statement === forgetStatement(statement),
  );
  if (isWithoutVisitor && isForgotten && claims.every(({ order }) => order === undefined)) return undefined;
  return {
    ...kept,
    ...(click !== undefined && { click: withoutVisitor(click) }),
    erased: true,
    history: history.map(withoutSender),
    ...(settled !== undefined && { settled: { ...settled, waiting: settled.waiting.map(withoutSender) } }),
    ...forgottenSightings(conversion),
    // A concurrent writer finds another version than it read, and retries from this one.
    version: conversion.version + 1,
  };
}

/** The requests that made a conversion what it is. */
export function requestsOf(conversion: Conversion): readonly RequestId[] {
  return [...conversion.history, ...sightingsOf(conversion)].map(({ requestId }) => requestId);
}

function withoutSender<Sent extends Claim>({ order: _order, ...claim }: Sent): Omit<Sent, 'order'> {
  return { ...claim, statement: forgetStatement(claim.statement) };
}

function sightingsOf({ settledClaims = [], droppedClaims = [], repeats = [] }: Conversion): readonly Sighting[] {
  return [...settledClaims, ...droppedClaims, ...repeats];
}

function forgottenSightings({ settledClaims, droppedClaims, repeats }: Conversion): Partial<Conversion> {
  const forgotten = (all: readonly Sighting[]): readonly Sighting[] =>
    all.map((one) => ({ ...one, statement: forgetStatement(one.statement) }));
  return {
    ...(settledClaims !== undefined && { settledClaims: forgotten(settledClaims) }),
    ...(droppedClaims !== undefined && { droppedClaims: forgotten(droppedClaims) }),
    ...(repeats !== undefined && { repeats: forgotten(repeats) }),
  };
}
