import type { RequestId } from '../values/request-id';
import type { Claim } from '../request/claim';
import { withoutVisitor } from './click-details';
import type { Conversion, Sighting } from './conversion';

/**
 * A conversion without what could tell of a person beside its key: the source that the visitor's link named, what the click knew of the
 * visitor, the orders, and the hashes of the requests. Event, status, money and times stay, since they are the books; the transaction ID
 * stays, since the key is made of it.
 * `undefined` where it is so already.
 */
export function erasedConversion(conversion: Conversion): Conversion | undefined {
  const { source, click, settled, history, ...kept } = conversion;
  const claims = [...history, ...(settled?.waiting ?? [])];
  const isWithoutVisitor = source === undefined && (click === undefined || kept.erased === true);
  const isForgotten = [...claims, ...sightingsOf(conversion)].every(({ statement }) => statement === '');
  if (isWithoutVisitor && isForgotten && claims.every(({ order }) => order === undefined)) return undefined;
  return {
    ...kept,
    ...(click !== undefined && { click: withoutVisitor(click) }),
    erased: true,
    history: history.map(withoutSender),
    ...(settled !== undefined && { settled: { ...settled, waiting: settled.waiting.map(withoutSender) } }),
    ...forgottenSightings(conversion),
    // Whoever is writing it at this moment finds another version than it read, and takes this one for its base.
    version: conversion.version + 1,
  };
}

/** The requests that made a conversion what it is. */
export function requestsOf(conversion: Conversion): readonly RequestId[] {
  return [...conversion.history, ...sightingsOf(conversion)].map(({ requestId }) => requestId);
}

function withoutSender<Sent extends Claim>({ order: _order, ...claim }: Sent): Omit<Sent, 'order'> {
  return { ...claim, statement: '' };
}

function sightingsOf({ settledClaims = [], droppedClaims = [], repeats = [] }: Conversion): readonly Sighting[] {
  return [...settledClaims, ...droppedClaims, ...repeats];
}

function forgottenSightings({ settledClaims, droppedClaims, repeats }: Conversion): Partial<Conversion> {
  const forgotten = (all: readonly Sighting[]): readonly Sighting[] => all.map((one) => ({ ...one, statement: '' }));
  return {
    ...(settledClaims !== undefined && { settledClaims: forgotten(settledClaims) }),
    ...(droppedClaims !== undefined && { droppedClaims: forgotten(droppedClaims) }),
    ...(repeats !== undefined && { repeats: forgotten(repeats) }),
  };
}
