import type { SourceHealth } from './breaker';

/** Runs of `deliver` that may call one source at a time while many of its deliveries wait: the others are left for other sources. */
const mostTurns = 3;
/** From so many of one source on, a batch needs a turn. */
const many = 3;
/** Longer than a run takes that reads, calls and writes. */
const turnMilliseconds = 15_000;
/** Maximum number of times that a message is hidden; then it is sent without a turn, long before it would be a dead letter. */
const mostHidden = 20;
const longestHiddenSeconds = 60;

export type Turn =
  /** The source has no backlog, or it is not called at all: nothing to hold back. */
  | { readonly kind: 'free' }
  /** To be written before its deliveries are sent; `until` names it. */
  | { readonly kind: 'taken'; readonly health: SourceHealth; readonly until: number }
  | { readonly kind: 'later' };

/** Whether a run may call a source for so many deliveries, so that one that hangs does not hold every run. */
export function turnOf(health: SourceHealth, deliveries: number, now: number): Turn {
  const { turns = [], openUntil, suspendedAt } = health;
  // Behind a breaker, and of a suspended source, one at a time is called anyway.
  if (openUntil !== undefined || suspendedAt !== undefined) return { kind: 'free' };
  const live = turns.filter((until) => until > now);
  if (live.length === 0 && deliveries < many) return { kind: 'free' };
  if (live.length >= mostTurns) return { kind: 'later' };
  const until = now + turnMilliseconds;
  return { kind: 'taken', health: { ...health, turns: [...live, until] }, until };
}

/** The health without a turn that is over; `undefined` where it is gone already. */
export function withoutTurn(health: SourceHealth, until: number): SourceHealth | undefined {
  const { turns = [], ...rest } = health;
  const at = turns.indexOf(until);
  if (at < 0) return undefined;
  const left = turns.toSpliced(at, 1);
  return left.length === 0 ? rest : { ...rest, turns: left };
}

/** Seconds for which a message is hidden after so many receives; `undefined` where it is to be sent all the same. */
export function hiddenSeconds(receives: number): number | undefined {
  return receives > mostHidden ? undefined : Math.min(longestHiddenSeconds, 1 + receives);
}
