import type { Trust } from '../trust/authentication';
import { minuteCounts } from './minute-counts';
import { authenticationReasons, type Reason } from '../values/reasons';

/** Rows a minute, for each integration and reason, in each execution environment. */
const usualLimit = 30;
/** Mistakes that honest senders make as well, and troubles of our own: a larger sample shows more of them. */
const largerLimit = 300;
const largerSamples: readonly Reason[] = [
  'CLICK_ID_MISSING',
  'CLICK_ID_MALFORMED',
  'MACRO_UNREPLACED',
  'PARAMETER_CONFLICT',
  'BODY_INVALID',
  'PENDING_RETRY',
  'SYSTEM_ERROR',
];

/** Integration and reason together: 300 integrations may be flooded for ten reasons each before any two share a bound. */
const capacity = 3_000;

export interface LogOrigin {
  /** The integration as the configuration knows it. Absent for a name that only the path claims: those share one bound. */
  readonly integration?: string | undefined;
  readonly trust: Trust;
}

/**
 * Decides whether a verdict gets its row in the log. An authenticated postback always does. Rows of unauthenticated senders are a sample, and the metrics count
 * them all: each reason has its own bound for each integration, so that a flood against one hides no other.
 */
export function logSampler(clock: () => number = Date.now): (reason: Reason, origin: LogOrigin) => boolean {
  const count = minuteCounts(capacity, clock);
  return (reason, { integration, trust }) => {
    if (isAlwaysKept(reason, trust)) return true;
    const limit = largerSamples.includes(reason) ? largerLimit : usualLimit;
    return count(JSON.stringify([reason, integration]), reason) <= limit;
  };
}

/** An integration without authentication lets anyone pass: its rejections of senders are sampled, too. */
function isAlwaysKept(reason: Reason, trust: Trust): boolean {
  if (trust === 'proven') return true;
  // The log keeps a browser's report that had an effect; a visitor may repeat a report as often as he likes.
  if (trust === 'browser') return reason === 'OK' || reason === 'OK_TEST';
  return trust === 'let-pass' && reason !== 'INTEGRATION_MISMATCH' && !authenticationReasons.includes(reason);
}
