import type { RequestId } from '../identifiers/request-id';
import { isNegative } from './amount';
import type { Conversion, Repeat } from './conversion';
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

/** Marks of repeats that one key holds: what a network could send of one key within the window, many times over. */
const repeatsLimit = 64;

/** What to do with a claim about a key that is known. */
export type Decision =
  /** Write the conversion anew, with this entry at the end of its history. */
  | {
      readonly action: 'append';
      readonly entry: HistoryEntry;
      readonly history: readonly HistoryEntry[];
      readonly state: ConversionState;
    }
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

  const standing = firstStands(existing, claim);
  if (standing !== undefined) return { action: 'none', reason: standing };

  const before: ConversionState = existing;
  const after = foldHistory([claim, ...existing.history]);
  const reason = reasonOf(before, after, claim);
  const changed = reason === 'OK_UPDATED';
  if (!changed && !mustBeKept(existing, claim)) return { action: 'none', reason };
  // Also what has no effect today could have one later: it is refused like the rest, never told to be kept.
  const kept = existing.history.filter((entry) => entry.requestId !== supersededBy(claim, after));
  if (kept.length >= historyLimit) return { action: 'none', reason: 'TRANSITION_REFUSED', historyFull: true };
  const entry: HistoryEntry = { ...claim, reason, delta: deltaBetween(before, after.state) };
  return { action: 'append', entry, history: [...kept, entry], state: after.state };
}

/** The marks of repeats that may still be sent again, the new one last. */
export function withRepeat(repeats: readonly Repeat[] = [], repeat: Repeat): readonly Repeat[] {
  const recent = repeats.filter(({ receivedAt }) => repeat.receivedAt - receivedAt <= retryWindowMilliseconds);
  return [...recent.slice(1 - repeatsLimit), repeat];
}

/** The first claim of a key. */
export function firstEntry(claim: Claim): { readonly entry: HistoryEntry; readonly state: ConversionState } {
  const { state } = foldHistory([claim]);
  return { entry: { ...claim, reason: 'OK', delta: deltaBetween(undefined, state) }, state };
}

/**
 * What names the status that is stored is a retry of whatever it equals byte for byte, also where others came between: a sender
 * whose first try timed out may send the next postback before it tries again. What names another status can only be a retry of the
 * newest request: approved, reversed, approved again is three changes, however alike the first and the third. A retry of what
 * was refused is refused again.
 */
function retriedReason(existing: Conversion, claim: Claim): EntryReason | undefined {
  const isRetryOf = (earlier: { fingerprint: string; receivedAt: number }): boolean =>
    earlier.fingerprint === claim.fingerprint &&
    Math.abs(claim.receivedAt - earlier.receivedAt) <= retryWindowMilliseconds;
  const last = existing.history.at(-1);
  const repeats = existing.repeats ?? [];
  if (!namesAnotherStatus(existing, claim)) {
    return existing.history.some(isRetryOf) || repeats.some(isRetryOf) ? 'OK_DUPLICATE' : undefined;
  }
  const repeat = repeats.at(-1);
  if (repeat !== undefined && (last === undefined || repeat.receivedAt >= last.receivedAt)) {
    return isRetryOf(repeat) ? 'OK_DUPLICATE' : undefined;
  }
  if (last === undefined || !isRetryOf(last)) return undefined;
  return last.reason === 'TRANSITION_REFUSED' ? 'TRANSITION_REFUSED' : 'OK_DUPLICATE';
}

/**
 * Where the mode keeps the first content and no time was given, the first is the one that was stored first: of two that come at
 * once, the clock that is a millisecond behind does not win over an answer that was given already.
 */
function firstStands(existing: Conversion, claim: Claim): EntryReason | undefined {
  const { mode, amount, currency } = claim;
  const isAdded = mode === 'increment' || (amount !== undefined && isNegative(amount));
  if (claim.timeGiven || mode === 'update' || isAdded || namesAnotherStatus(existing, claim)) return undefined;
  // So far there were only corrections of what comes now.
  if (isNegative(existing.amount)) return undefined;
  const isSame =
    amount === undefined ||
    (amount === existing.amount && (currency === undefined || currency === (existing.currency ?? currency)));
  return isSame || mode === 'ignore-by-transaction' ? 'OK_DUPLICATE' : 'CONFLICTING_DUPLICATE';
}

function namesAnotherStatus(existing: Conversion, claim: Claim): boolean {
  return claim.status !== undefined && claim.status !== existing.status;
}

function countsApart(existing: Conversion, claim: Claim): boolean {
  if (namesAnotherStatus(existing, claim)) return false;
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

/**
 * A sender that stamps each repeat with the present would fill a history with nothing new. Of a run of repeats only the newest can
 * ever count (whatever comes between is followed by it), so it takes the place of the one before it.
 */
function supersededBy(claim: Claim, after: Fold): RequestId | undefined {
  const at = after.order.findIndex(({ requestId }) => requestId === claim.requestId);
  const [earlier, before] = [after.order[at - 2], after.order[at - 1]];
  const says = ({ status, amount, currency }: Claim): string => JSON.stringify([status, amount, currency]);
  if (earlier === undefined || before === undefined || claim.mode === 'increment') return undefined;
  const isRun = says(earlier) === says(before) && says(before) === says(claim) && before.mode === claim.mode;
  const isIdle = [before, claim].every(({ requestId }) => after.effects.get(requestId) === 'none');
  return isRun && isIdle ? before.requestId : undefined;
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
  // What is added counts each time, so that a second of the same content may count later as well.
  const isAdded = claim.mode === 'increment' || (claim.amount !== undefined && isNegative(claim.amount));
  return (!isKnown || isAdded) && (claim.timeGiven || namesAnotherStatus(existing, claim));
}
