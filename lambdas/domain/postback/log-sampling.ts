import { authenticationReasons, type Reason } from './verdict';

/** Reasons that anybody can cause at no cost to themselves: their rows are a sample, their number stands in the metrics. */
const limits: Partial<Record<Reason, number>> = {
  ...Object.fromEntries(authenticationReasons.map((reason) => [reason, 30])),
  INTEGRATION_UNKNOWN: 30,
  CLICK_ID_MISSING: 300,
  CLICK_ID_MALFORMED: 300,
  MACRO_UNREPLACED: 300,
  PARAMETER_CONFLICT: 300,
  BODY_INVALID: 300,
  TOO_LARGE: 30,
};

const minute = 60_000;

/**
 * Decides whether a verdict gets its row in the log. A flood of forged or unauthenticated requests must not become a flood of writes:
 * each such reason has a bound a minute, in each execution environment. Every other verdict always gets its row.
 */
export function logSampler(clock: () => number = Date.now): (reason: Reason) => boolean {
  const counted = new Map<Reason, { minute: number; count: number }>();
  return (reason) => {
    const limit = limits[reason];
    if (limit === undefined) return true;
    const now = Math.floor(clock() / minute);
    const seen = counted.get(reason);
    const count = seen?.minute === now ? seen.count + 1 : 1;
    counted.set(reason, { minute: now, count });
    return count <= limit;
  };
}
