import type { RequestId } from '../identifiers/request-id';
import { addAmounts, compareAmounts, isNegative, subtractAmounts, zero, type Amount } from './amount';
import type { Currency } from './currency';
import type { DuplicateMode } from './duplicate-mode';
import { isTransitionAllowed, statusRank, type ConversionStatus } from './status';

/** Changes that one conversion keeps. A further one is refused and alarmed, never dropped silently. */
export const historyLimit = 64;

/** What one postback said about a conversion. */
export interface Claim {
  readonly requestId: RequestId;
  /** Milliseconds since 1970: when the sender says it happened, or when it came. */
  readonly eventTime: number;
  /** Whether the sender gave the time itself. */
  readonly timeGiven: boolean;
  readonly receivedAt: number;
  /** A hash of the request as it came, for recognising the network's own retry. */
  readonly fingerprint: string;
  /** What the sender named; absent where it did not. */
  readonly status?: ConversionStatus;
  readonly amount?: Amount;
  readonly currency?: Currency;
  /**
   * What applies where this claim is the first of its conversion and the sender named nothing: a status, the payout of the event or the
   * campaign (absent where there is none), and the currency of that payout or of the integration.
   */
  readonly fallback: { readonly status: ConversionStatus; readonly amount?: Amount; readonly currency?: Currency };
  /** Set on a reversal: whether a smaller amount takes back a part, or every reversal takes back the whole. */
  readonly reversal?: 'partial' | 'whole';
  /** The mode of the integration when the claim came: a later change of mode does not rewrite the past. */
  readonly mode: DuplicateMode;
}

export type EntryReason =
  'OK' | 'OK_UPDATED' | 'OK_DUPLICATE' | 'OK_STALE' | 'CONFLICTING_DUPLICATE' | 'TRANSITION_REFUSED';

/** A claim that was kept, with what came of it on arrival. */
export interface HistoryEntry extends Claim {
  readonly reason: EntryReason;
  /** By how much this claim changed what is payable: the deltas of a history add up to what is payable now. */
  readonly delta: Amount;
}

/** Where a conversion stands after its history. */
export interface ConversionState {
  readonly status: ConversionStatus;
  readonly amount: Amount;
  readonly currency?: Currency | undefined;
}

/** What one claim did in the fold. */
export type ClaimEffect = 'created' | 'applied' | 'none' | 'conflict' | 'refused';

export interface Fold {
  readonly state: ConversionState;
  readonly effects: ReadonlyMap<RequestId, ClaimEffect>;
  /** The claims in the order in which they count. */
  readonly order: readonly Claim[];
}

/**
 * Event time decides, not arrival. Claims of one moment stand in an order that their content alone gives, so that the order
 * of arrival cannot change where a conversion ends; the request ID only makes the order total.
 */
function byEventTime(left: Claim, right: Claim): number {
  return (
    left.eventTime - right.eventTime ||
    statusRank(left.status ?? left.fallback.status) - statusRank(right.status ?? right.fallback.status) ||
    compareAmounts(left.amount ?? zero, right.amount ?? zero) ||
    compareText(left.currency ?? '', right.currency ?? '') ||
    compareText(left.requestId, right.requestId)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function first(claim: Claim): ConversionState {
  // A currency that nobody named is named as such: spread over what was stored, it takes the place of the one there.
  return {
    status: claim.status ?? claim.fallback.status,
    amount: claim.amount ?? claim.fallback.amount ?? zero,
    currency: claim.currency ?? claim.fallback.currency,
  };
}

function step(state: ConversionState, claim: Claim): { state: ConversionState; effect: ClaimEffect } {
  if (claim.status !== undefined && claim.status !== state.status) {
    if (!isTransitionAllowed(state.status, claim.status)) return { state, effect: 'refused' };
    const changed = { ...state, status: claim.status };
    return { state: replaces(claim) ? withContent(changed, claim) : changed, effect: 'applied' };
  }
  if (claim.amount === undefined) return { state, effect: 'none' };
  const isOtherCurrency =
    claim.currency !== undefined && state.currency !== undefined && claim.currency !== state.currency;
  // A correction that came before what it corrects is added like one that came after it.
  const isAdded = isNegative(claim.amount) || claim.mode === 'increment' || isNegative(state.amount);
  if (isAdded) {
    // Two currencies have no sum.
    if (isOtherCurrency) return { state, effect: 'conflict' };
    const content = { amount: addAmounts(state.amount, claim.amount), currency: claim.currency };
    return { state: withContent(state, content), effect: content.amount === state.amount ? 'none' : 'applied' };
  }
  if (claim.amount === state.amount && !isOtherCurrency) return { state, effect: 'none' };
  return replaces(claim) ? { state: withContent(state, claim), effect: 'applied' } : { state, effect: 'conflict' };
}

/** Whether a claim's content takes the place of what is stored. A correction is added in every mode. */
function replaces(claim: Claim): boolean {
  return claim.mode === 'update' && claim.amount !== undefined && !isNegative(claim.amount);
}

/** A currency that the content does not name stays. */
function withContent(state: ConversionState, content: Pick<Claim, 'amount' | 'currency'>): ConversionState {
  return { ...state, amount: content.amount ?? state.amount, currency: content.currency ?? state.currency };
}

/** Folds claims, in whatever order they came, into where the conversion stands. */
export function foldHistory(claims: readonly [Claim, ...Claim[]]): Fold {
  const order = [...claims].sort(byEventTime);
  const effects = new Map<RequestId, ClaimEffect>();
  let state: ConversionState | undefined;
  for (const claim of order) {
    const next = state === undefined ? { state: first(claim), effect: 'created' as const } : step(state, claim);
    state = next.state;
    effects.set(claim.requestId, next.effect);
  }
  return { state: state ?? first(claims[0]), effects, order };
}

/** What is payable in a state: the amount where it is approved, else nothing. */
export function payableOf(state: ConversionState): Amount {
  return state.status === 'approved' ? state.amount : zero;
}

export function deltaBetween(before: ConversionState | undefined, after: ConversionState): Amount {
  return subtractAmounts(payableOf(after), before === undefined ? zero : payableOf(before));
}
