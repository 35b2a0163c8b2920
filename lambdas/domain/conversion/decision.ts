import type { Conversion } from './conversion';
import {
  deltaBetween,
  foldHistory,
  historyLimit,
  type Claim,
  type ConversionState,
  type EntryReason,
  type Fold,
  type HistoryEntry,
} from './history';

/** A byte-identical request within this time of the last one is the network's own retry, in every mode. */
export const retryWindowMilliseconds = 10 * 60 * 1000;

/** What to do with a claim about a key that is known. */
export type Decision =
  /** Write the conversion anew with this entry at the end of its history. */
  | { readonly action: 'append'; readonly entry: HistoryEntry; readonly state: ConversionState }
  /** Count it as a conversion of its own. */
  | { readonly action: 'separate'; readonly flagged: boolean }
  /** Write nothing. */
  | { readonly action: 'none'; readonly reason: EntryReason; readonly historyFull?: true };

/** Whether this very request was written before: the storage took it and its answer was lost, or a queue delivered it twice. */
export function ownEntry(existing: Conversion, claim: Claim): HistoryEntry | undefined {
  return existing.history.find(({ requestId }) => requestId === claim.requestId);
}

/**
 * Decides a claim about a known key by the integration's mode. The same status is content, governed by the mode;
 * another status is a change of status in every mode. The caller has looked for its own write before.
 */
export function decide(existing: Conversion, claim: Claim): Decision {
  const retried = retriedReason(existing, claim);
  if (retried !== undefined) return { action: 'none', reason: retried };
  if (countsApart(existing, claim)) return { action: 'separate', flagged: claim.mode === 'separate-flagged' };

  const before: ConversionState = existing;
  const after = foldHistory([claim, ...existing.history]);
  const reason = reasonOf(before, after, claim);
  const changed = reason === 'OK_UPDATED';
  if (!changed && !mustBeKept(existing, claim)) return { action: 'none', reason };
  if (existing.history.length >= historyLimit) {
    return changed
      ? { action: 'none', reason: 'TRANSITION_REFUSED', historyFull: true }
      : { action: 'none', reason, ...(reason === 'TRANSITION_REFUSED' && { historyFull: true }) };
  }
  return {
    action: 'append',
    entry: { ...claim, reason, delta: deltaBetween(before, after.state) },
    state: after.state,
  };
}

/** The first claim of a key. */
export function firstEntry(claim: Claim): { readonly entry: HistoryEntry; readonly state: ConversionState } {
  const { state } = foldHistory([claim]);
  return { entry: { ...claim, reason: 'OK', delta: deltaBetween(undefined, state) }, state };
}

/**
 * Only the newest request of a key can be a retry: approved, reversed, approved again is three changes, however alike the first
 * and the third. A retry of what was refused is refused again.
 */
function retriedReason(existing: Conversion, claim: Claim): EntryReason | undefined {
  const isRetryOf = (earlier: { fingerprint: string; receivedAt: number }): boolean =>
    earlier.fingerprint === claim.fingerprint &&
    Math.abs(claim.receivedAt - earlier.receivedAt) <= retryWindowMilliseconds;
  const last = existing.history.at(-1);
  const repeat = existing.lastRepeat;
  if (repeat !== undefined && (last === undefined || repeat.receivedAt >= last.receivedAt)) {
    return isRetryOf(repeat) ? 'OK_DUPLICATE' : undefined;
  }
  if (last === undefined || !isRetryOf(last)) return undefined;
  return last.reason === 'TRANSITION_REFUSED' ? 'TRANSITION_REFUSED' : 'OK_DUPLICATE';
}

function countsApart(existing: Conversion, claim: Claim): boolean {
  if (claim.status !== undefined && claim.status !== existing.status) return false;
  switch (claim.mode) {
    case 'separate':
    case 'separate-flagged':
      return true;
    case 'ignore-by-transaction':
      return existing.transactionId === undefined;
    case 'ignore':
    case 'update':
    case 'increment':
      return false;
  }
}

function reasonOf(before: ConversionState, after: Fold, claim: Claim): EntryReason {
  if (
    before.status !== after.state.status ||
    before.amount !== after.state.amount ||
    before.currency !== after.state.currency
  ) {
    return 'OK_UPDATED';
  }
  const isNewest = after.order.at(-1)?.requestId === claim.requestId;
  const effect = after.effects.get(claim.requestId);
  if (effect === 'refused' && isNewest) return 'TRANSITION_REFUSED';
  if (effect === 'conflict' && claim.mode !== 'ignore-by-transaction') return 'CONFLICTING_DUPLICATE';
  return isNewest || isOfTheSameMoment(after, claim) ? 'OK_DUPLICATE' : 'OK_STALE';
}

function isOfTheSameMoment(after: Fold, claim: Claim): boolean {
  return after.order.at(-1)?.eventTime === claim.eventTime;
}

/**
 * A claim without effect is kept where a later arrival may give it one: whatever names another
 * status, and whatever carries its own event time. One that repeats a kept moment and content, or came in order with nothing new, is not.
 */
function mustBeKept(existing: Conversion, claim: Claim): boolean {
  const isKnown = existing.history.some(
    (entry) =>
      entry.eventTime === claim.eventTime &&
      entry.status === claim.status &&
      entry.amount === claim.amount &&
      entry.currency === claim.currency,
  );
  const namesAnotherStatus = claim.status !== undefined && claim.status !== existing.status;
  return !isKnown && (claim.timeGiven || namesAnotherStatus);
}
