/** The moment by which a function must have answered, and what is left until then. */
export interface Deadline {
  /** Milliseconds left, never below 0. */
  remaining(): number;
  /** Whether each call may take all that is left, also beyond its own limit: for a caller that waits for no answer. */
  readonly unhurried?: true;
}

export function deadlineAt(moment: number, clock: () => number = Date.now): Deadline {
  return { remaining: () => Math.max(0, moment - clock()) };
}

/** A deadline that leaves time behind it, such as for putting into the queue what the table would not take. */
export function leaving(deadline: Deadline, milliseconds: number): Deadline {
  return { ...deadline, remaining: () => Math.max(0, deadline.remaining() - milliseconds) };
}

/** Aborts a call at its own limit or at the deadline, whichever is sooner; a call with no time left is not begun. */
export function abortSignal(deadline: Deadline, limitMilliseconds: number): AbortSignal {
  const limit = deadline.unhurried === true ? Infinity : limitMilliseconds;
  return AbortSignal.timeout(Math.min(limit, deadline.remaining()));
}
