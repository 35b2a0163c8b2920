import type { Claim } from '../request/claim';
import { boundHistory } from './compaction';
import {
  conversionKeyOf,
  type Conversion,
  type ConversionSubject,
  type EntryReason,
  type HistoryEntry,
} from './conversion';
import { type ConversionState, addDeltas, deltasBetween } from './payable';
import { hasRowsOfItsOwn } from '../values/duplicate-mode';
import { foldClaims, type Fold } from './fold';
import type { ClaimEffect } from './fold-state';
import { claimNotes, type ClaimNote } from './notes';
import { amountNamedBy, findRetry, findSighting, withSighting } from './retries';
import { changeOf, countsSeparately } from './separate';
import { isSameState, stateOf } from './state';

/** The effect of a claim on a conversion. Nothing is written where `next` is absent. */
export interface Applied {
  /** A claim with `REVERSAL_REFUSED` is not kept: too many reversals wait for the same sale. */
  readonly reason: EntryReason | 'REVERSAL_REFUSED';
  /** The conversion that the claim is about, as it is afterwards. */
  readonly conversion: Conversion;
  readonly notes: readonly ClaimNote[];
  /** The row of the key, to be written on the condition that it is still as it was read. */
  readonly next?: Conversion;
  /** A conversion that counts separately, to be written together with `next`. */
  readonly repeat?: Conversion;
}

/**
 * Decides money: returns the effect of one claim on the conversion of its key. Nothing else computes an amount, a status or a delta. The
 * same claim again, under its request ID, gets the same answer.
 */
export function applyClaim(existing: Conversion | undefined, subject: ConversionSubject, claim: Claim): Applied {
  if (existing === undefined) {
    const conversion = newConversion(subject, claim, false);
    return { reason: 'OK', conversion, notes: claimNotes(foldClaims([claim]), undefined, claim), next: conversion };
  }
  return (
    applyOwn(existing, subject, claim) ??
    applyRetry(existing, claim) ??
    (countsSeparately(existing, claim) ? applySeparately(existing, subject, claim) : append(existing, claim))
  );
}

/** The conversion that a first claim of its key makes. */
export function newConversion(subject: ConversionSubject, claim: Claim, repeated: boolean): Conversion {
  const state = stateOf(foldClaims([claim]).state);
  return {
    ...aboutOf(subject),
    ...state,
    conversionKey: conversionKeyOf({ ...subject, ...(repeated && { repeatOf: claim.requestId }) }),
    repeated: repeated && claim.mode === 'separate-flagged',
    version: 1,
    recordedAt: claim.receivedAt,
    changedAt: claim.receivedAt,
    history: [{ ...claim, reason: 'OK', deltas: deltasBetween(undefined, state) }],
  };
}

/** Returns the fields that a conversion takes from its subject, which may be a whole conversion: without its money and history. */
function aboutOf({ clickId, event, transactionId, campaign, integration, source, click, test }: ConversionSubject) {
  return {
    clickId,
    event,
    ...(transactionId !== undefined && { transactionId }),
    campaign,
    integration,
    ...(source !== undefined && { source }),
    ...(click !== undefined && { click }),
    test,
  };
}

/**
 * The claim was written before: storage took it and its answer was lost, a queue delivered it twice, or a replay reads more of it
 * than was read at first and fills that in.
 */
function applyOwn(existing: Conversion, subject: ConversionSubject, claim: Claim): Applied | undefined {
  const own = existing.history.find(({ requestId }) => requestId === claim.requestId);
  if (own !== undefined) {
    if (saysMore(own, claim)) return fillIn(existing, own, claim);
    const fold = foldClaims(existing.history, existing.settled);
    return { reason: own.reason, conversion: existing, notes: claimNotes(fold, undefined, claim) };
  }
  const isSettled = existing.settledClaims?.some(({ requestId }) => requestId === claim.requestId) === true;
  if (isSettled) return { reason: 'OK_DUPLICATE', conversion: existing, notes: [] };
  const repeat = existing.repeats?.find(({ requestId }) => requestId === claim.requestId);
  if (repeat === undefined) return undefined;
  const conversion = newConversion(likeItsFirst(subject, existing), claim, true);
  return { reason: repeat.reason ?? 'OK', conversion, notes: [] };
}

/** Whether an amount is known now, or a payout, where none was. A run that another sending began has the payout of that one. */
function saysMore(own: Claim, { amount, fallback, receivedAt }: Claim): boolean {
  if (own.amount !== undefined) return false;
  if (amount !== undefined) return true;
  return own.receivedAt === receivedAt && own.fallback.amount === undefined && fallback.amount !== undefined;
}

function fillIn(existing: Conversion, own: HistoryEntry, claim: Claim): Applied {
  const { fallback } = claim;
  const filled = {
    ...own,
    ...amountNamedBy(claim),
    ...(own.fallback.amount === undefined && { fallback: { ...fallback, status: own.fallback.status } }),
  };
  const history = existing.history.map((entry) => (entry === own ? filled : entry));
  const fold = foldClaims(history, existing.settled);
  const next = withHistory(existing, fold, history, own.requestId, claim.receivedAt);
  return { reason: own.reason, conversion: next, notes: claimNotes(fold, existing, claim), next };
}

/** The sender's own retry, in every mode. It changes nothing but the time that it is known since and until. */
function applyRetry(existing: Conversion, claim: Claim): Applied | undefined {
  const retry = findRetry(existing.history, claim);
  if (retry !== undefined) {
    const { known, noted = existing.history } = retry;
    const fold = foldClaims(noted, existing.settled);
    const reason = retriedReason(fold.effects.get(known.requestId), stateOf(fold.state), claim);
    if (retry.noted === undefined) return { reason, conversion: existing, notes: [] };
    const next = withHistory(existing, fold, noted, known.requestId, claim.receivedAt);
    return { reason: isSameState(existing, next) ? reason : 'OK_UPDATED', conversion: next, notes: [], next };
  }
  for (const list of ['settledClaims', 'droppedClaims', 'repeats'] as const) {
    const seen = findSighting(existing[list] ?? [], claim);
    // A dropped request that comes again is read again: a replay may find the amount that it lacked.
    if (seen === undefined || seen.known.requestId === claim.requestId) continue;
    const answer = { reason: 'OK_DUPLICATE', conversion: existing, notes: [] } as const;
    if (seen.noted === undefined) return answer;
    return { ...answer, next: { ...touched(existing, claim.receivedAt), [list]: seen.noted } };
  }
  return undefined;
}

/** A retry of a rejected claim is rejected again; a retry of an earlier status is out of date. A part that was taken back stays so. */
function retriedReason(effect: ClaimEffect | undefined, { status }: ConversionState, claim: Claim): EntryReason {
  if (effect === 'refused') return 'TRANSITION_REFUSED';
  if (effect === 'currency') return 'CURRENCY_INVALID';
  if (effect === 'too-much') return 'AMOUNT_INVALID';
  const isLeft = claim.status !== undefined && claim.status !== status && effect !== 'part';
  return isLeft ? 'OK_STALE' : 'OK_DUPLICATE';
}

function applySeparately(existing: Conversion, subject: ConversionSubject, claim: Claim): Applied {
  const first = newConversion(likeItsFirst(subject, existing), claim, true);
  const change = changeOf(existing, first, claim);
  const sighted = { ...existing, repeats: withSighting(existing.repeats, claim) };
  if (change === undefined) {
    return { reason: 'OK', conversion: first, notes: [], next: touched(sighted, claim.receivedAt), repeat: first };
  }
  const next = withoutEntries(sighted, [change], claim.receivedAt);
  const { conversion } = append(first, change);
  const repeat = { ...conversion, version: first.version, changedAt: claim.receivedAt };
  const repeats = withSighting(next.repeats, change).map((one) =>
    one.requestId === change.requestId ? { ...one, reason: change.reason } : one,
  );
  return { reason: 'OK', conversion: repeat, notes: [], next: { ...next, repeats }, repeat };
}

/** A repeat has what the first has of their click, which may have gone since. */
export function likeItsFirst(subject: ConversionSubject, { campaign, source, click }: Conversion): ConversionSubject {
  return { ...(source !== undefined && { source }), ...(click !== undefined && { click }), ...subject, campaign };
}

/** Adds the claim to the history, and folds again. */
function append(existing: Conversion, claim: Claim): Applied {
  const fold = foldClaims([...existing.history, claim], existing.settled);
  if (waitsBeyondLimit(fold, claim)) return { reason: 'REVERSAL_REFUSED', conversion: existing, notes: [] };
  const reason = reasonOf(existing, fold, claim);
  const notes = claimNotes(fold, existing, claim);
  if (isIdle(fold, claim, existing)) return { reason, conversion: existing, notes };
  const history: readonly HistoryEntry[] = [...existing.history, { ...claim, reason, deltas: {} }];
  const next = withHistory(existing, fold, history, claim.requestId, claim.receivedAt);
  return { reason, conversion: next, notes, next: boundHistory(next, fold) };
}

/**
 * Maximum number of reversals that wait for their sale under one key. Each may matter to a later sale, so that none is ever omitted. Fewer
 * than a history holds, since a reversal that only waits is never settled.
 */
export const waitingLimit = 50;

function waitsBeyondLimit({ state }: Fold, claim: Claim): boolean {
  return state.waiting.length > waitingLimit && state.waiting.includes(claim);
}

/** A conversion without claims that turned out to be about another one; their deltas go to the first claim that stays. */
export function withoutEntries(existing: Conversion, entries: readonly HistoryEntry[], changedAt: number): Conversion {
  const [first, ...others] = existing.history.filter((entry) => !entries.includes(entry));
  const moved = entries.map((entry) => entry.deltas);
  const history = first === undefined ? [] : [{ ...first, deltas: addDeltas(first.deltas, ...moved) }, ...others];
  return withHistory(existing, foldClaims(history, existing.settled), history, first?.requestId, changedAt);
}

/** The conversion after its history changed; the entry that changed it carries the delta. */
function withHistory(
  existing: Conversion,
  fold: Fold,
  history: readonly HistoryEntry[],
  changedBy: string | undefined,
  changedAt: number,
): Conversion {
  const { amount: _amount, currency: _currency, ...rest } = touched(existing, changedAt);
  const state = stateOf(fold.state);
  const delta = deltasBetween(existing, state);
  const entries = history.map((entry) =>
    entry.requestId === changedBy ? { ...entry, deltas: addDeltas(entry.deltas, delta) } : entry,
  );
  return { ...rest, ...state, history: entries };
}

const touched = (existing: Conversion, changedAt: number): Conversion => ({
  ...existing,
  version: existing.version + 1,
  changedAt,
});

/**
 * Whether a claim can never matter, in any later order: it names nothing, or only `pending`, and counts after another claim, which stays;
 * no status returns to pending. One that may have a separate row is kept: the queue may deliver it again when the key is pending, and it
 * would count then.
 */
function isIdle({ order }: Fold, claim: Claim, existing: Conversion): boolean {
  if (hasRowsOfItsOwn(claim.mode, existing)) return false;
  if ([claim.amount, claim.currency, claim.refundedInAll, claim.reversal].some((said) => said !== undefined))
    return false;
  if (claim.status !== undefined && claim.status !== 'pending') return false;
  return order.find(({ reversal }) => reversal === undefined)?.requestId !== claim.requestId;
}

function reasonOf(before: ConversionState, fold: Fold, claim: Claim): EntryReason {
  if (!isSameState(before, stateOf(fold.state))) return 'OK_UPDATED';
  const effect = fold.effects.get(claim.requestId);
  const newest = fold.order.at(-1);
  const isNewest = newest?.requestId === claim.requestId;
  switch (effect) {
    case 'currency':
      return 'CURRENCY_INVALID';
    case 'too-much':
      return 'AMOUNT_INVALID';
    case 'conflict':
      return claim.mode === 'ignore-by-transaction' ? 'OK_DUPLICATE' : 'CONFLICTING_DUPLICATE';
    case 'refused':
      return isNewest ? 'TRANSITION_REFUSED' : 'OK_STALE';
    default:
      return isNewest || newest?.eventTime === claim.eventTime ? 'OK_DUPLICATE' : 'OK_STALE';
  }
}
