import type { Judgement } from './judge';

/** The health of a source by its answers. Plain data; times are milliseconds since 1970. */
export interface SourceHealth {
  /** Attempts in a row to which no sound answer came. */
  readonly failuresInRow: number;
  /** No attempt is made before this time; after it, one at a time. */
  readonly openUntil?: number;
  /** The attempts since the last that was accepted, and the time of their first. */
  readonly unaccepted: number;
  readonly unacceptedSince?: number;
  readonly suspendedAt?: number;
  /** For a suspended source: the time at which one delivery may try it next, and the number of failed trials. */
  readonly trialAt?: number;
  readonly trials?: number;
  /** Latest ends of the turns that runs of `deliver` have taken, while many deliveries of the source wait. */
  readonly turns?: readonly number[];
}

export const healthy: SourceHealth = { failuresInRow: 0, unaccepted: 0 };

const failuresToOpen = 5;
const firstPause = 30_000;
const longestPause = 15 * 60_000;
/** A source that has accepted nothing for so long and so often is suspended: a person must look at it. */
const suspendedAfter = 72 * 60 * 60_000;
const fewestUnaccepted = 20;
/** Pauses between the deliveries that try a suspended source. */
const firstTrialPause = 60 * 60_000;
const longestTrialPause = 12 * 60 * 60_000;

export type Gate =
  | { readonly state: 'closed' }
  /**
   * One request may go, to see whether the source answers again; the caller writes this health before it is sent. It ends a suspension
   * where it is accepted, and costs its delivery nothing where it is not.
   */
  | { readonly state: 'probe'; readonly health: SourceHealth; readonly isSuspended: boolean }
  | { readonly state: 'open'; readonly until: number }
  | { readonly state: 'suspended'; readonly until: number };

/**
 * Whether a source may be called now.
 * @param configuredAt when its document was last changed: that ends a suspension
 */
export function gateOf(health: SourceHealth, now: number, configuredAt: number): Gate {
  if (isSuspended(health, configuredAt)) return gateOfSuspended(health, now);
  if (health.failuresInRow < failuresToOpen || health.openUntil === undefined) return { state: 'closed' };
  if (now < health.openUntil) return { state: 'open', until: health.openUntil };
  return {
    state: 'probe',
    health: { ...health, openUntil: now + pauseAfter(health.failuresInRow) },
    isSuspended: false,
  };
}

/** A trial that never comes to an outcome, by a failure of ours, takes its turn and is not counted. */
function gateOfSuspended(health: SourceHealth, now: number): Gate {
  const { suspendedAt = now, trials = 0, trialAt = suspendedAt + firstTrialPause } = health;
  if (now < trialAt) return { state: 'suspended', until: trialAt };
  return { state: 'probe', health: { ...health, trialAt: now + trialPauseAfter(trials) }, isSuspended: true };
}

export function isSuspended({ suspendedAt }: SourceHealth, configuredAt: number): boolean {
  return suspendedAt !== undefined && suspendedAt > configuredAt;
}

/** Since when deliveries may have been made that a suspension holds; `undefined` where there is none. They were tried for up to three days. */
export function heldSince({ suspendedAt, unacceptedSince }: SourceHealth): number | undefined {
  return suspendedAt === undefined ? undefined : Math.min(suspendedAt, unacceptedSince ?? suspendedAt) - suspendedAfter;
}

/**
 * The health after an attempt. A rejection shows that the source is there; only an accepted delivery shows that it takes what is sent. Failures
 * of our own are no attempts, and are not to be given here.
 */
export function healthAfter(
  before: SourceHealth,
  outcome: Judgement['outcome'],
  now: number,
  configuredAt: number,
): SourceHealth {
  if (outcome === 'delivered') return healthy;
  // A new configuration is a new trial.
  const isOld = before.suspendedAt !== undefined && !isSuspended(before, configuredAt);
  const { failuresInRow, unaccepted, unacceptedSince = now, suspendedAt } = isOld ? healthy : before;
  const failures = outcome === 'retry' ? failuresInRow + 1 : 0;
  const tries = unaccepted + 1;
  const isDead = tries >= fewestUnaccepted && now - unacceptedSince >= suspendedAfter;
  const suspension = suspendedAt ?? (isDead ? now : undefined);
  const trials = suspendedAt === undefined ? 0 : (before.trials ?? 0) + 1;
  return {
    failuresInRow: failures,
    unaccepted: tries,
    unacceptedSince,
    ...(before.turns !== undefined && { turns: before.turns }),
    ...(failures >= failuresToOpen && { openUntil: now + pauseAfter(failures) }),
    ...(suspension !== undefined && { suspendedAt: suspension, trials, trialAt: now + trialPauseAfter(trials) }),
  };
}

/** 1 h, 2 h, 4 h, 8 h, 12 h. */
function trialPauseAfter(trials: number): number {
  return Math.min(longestTrialPause, firstTrialPause * 2 ** Math.min(10, trials));
}

/** 30 s, 1 min, 2 min … 15 min. */
function pauseAfter(failures: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.min(10, Math.max(0, failures - failuresToOpen)));
}
