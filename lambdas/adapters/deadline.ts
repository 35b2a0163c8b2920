/** The latest time of a function's answer, and the time left until then. */
export interface Deadline {
  /** Milliseconds left, never below 0. */
  remaining(): number;
  /** Whether each call may take all remaining time, even beyond its limit: for a caller that waits for no answer. */
  readonly unhurried?: true;
}

export function deadlineAt(moment: number, clock: () => number = Date.now): Deadline {
  return { remaining: () => Math.max(0, moment - clock()) };
}

/** Returns an earlier deadline that reserves time, for example to queue what the table rejects. */
export function leaving(deadline: Deadline, milliseconds: number): Deadline {
  return { ...deadline, remaining: () => Math.max(0, deadline.remaining() - milliseconds) };
}

/** Aborts a call at its limit or at the deadline, whichever is sooner; a call without time left is not begun. */
export function abortSignal(deadline: Deadline, limitMilliseconds: number): AbortSignal {
  const limit = deadline.unhurried === true ? Infinity : limitMilliseconds;
  return AbortSignal.timeout(Math.min(limit, deadline.remaining()));
}
