const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses after the first attempt, the second and so on; the last one repeats. */
const pauses = [10 * second, minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour] as const;

/** The period of attempts after the first; the last attempt is at its end. */
const triedMilliseconds = 72 * hour;

/** The part of a pause that chance adds or takes away: deliveries that failed together come back apart. */
const variedPart = 0.2;

export interface Tries {
  /** Attempts made so far, 1 or more. */
  readonly attempts: number;
  readonly firstTriedAt: number;
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
  readonly retryAfterSeconds?: number | undefined;
  /** The time from which the source no longer accepts it. */
  readonly expiresAt?: number | undefined;
}

/**
 * Returns the time of the next attempt, in milliseconds since 1970; `exhausted` where there is none. The wait that the source requested is
 * a minimum.
 */
export function nextAttemptAt(tries: Tries): number | 'exhausted' {
  const { attempts, firstTriedAt, now, random, retryAfterSeconds = 0, expiresAt = Infinity } = tries;
  const end = Math.min(firstTriedAt + triedMilliseconds, expiresAt);
  if (now >= end) return 'exhausted';
  const pause = pauses[Math.min(Math.max(attempts, 1), pauses.length) - 1] ?? hour;
  const varied = pause * (1 + variedPart * (2 * random - 1));
  const asked = retryAfterSeconds * second * (1 + variedPart * random);
  return Math.min(end, now + Math.round(Math.max(varied, asked)));
}
