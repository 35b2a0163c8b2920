import {
  authenticationReasons,
  reasons,
  retiredReasons,
  type LoggedReason,
  type Result,
  type Warning,
  type WarningCode,
} from '../values/reasons';

/** Results that a replay may change: rejected postbacks and errors, and queued ones that are still not judged. */
export const replayableResults = ['rejected', 'error', 'queued'] as const satisfies readonly Result[];

const unchangeable: readonly LoggedReason[] = authenticationReasons;

/** A reason that is not given any more is one that a replay turns into another. */
const everyReason = { ...reasons, ...retiredReasons };

/** Reasons that a replay may turn into another. That a sender was not authenticated is no mistake of ours, and stays. */
export const replayableReasons: readonly LoggedReason[] = Object.keys(everyReason)
  .filter(isReason)
  .filter(isReplayableReason);

function isReason(name: string): name is LoggedReason {
  return Object.hasOwn(everyReason, name);
}

function isReplayableReason(reason: LoggedReason): boolean {
  // A batch as a whole has one row, too: its rows are judged, and replayed, one by one.
  if (reason === 'PENDING_BATCH' || unchangeable.includes(reason)) return false;
  return replayableResults.some((result) => result === everyReason[reason].result);
}

/** Warnings of recorded postbacks that a replay may fill in, once the integration reads more of what was sent. */
export const fillableWarnings = ['AMOUNT_UNREAD', 'AMOUNT_MISSING'] as const satisfies readonly WarningCode[];

/** Results of postbacks whose conversion may lack what a warning names. */
export const recordedResults: readonly Result[] = ['recorded', 'updated', 'duplicate', 'test'];

/** Whether a replay may come to another verdict, or to more money. A dry run has the reasons of a real one, and nothing to replay. */
export function isReplayable(row: Replayable): boolean {
  return isFillable(row) || (replayableResults.some((known) => known === row.result) && isReplayableReason(row.reason));
}

/** Whether a postback was recorded without something that was sent. */
export function isFillable({ result, warnings }: Replayable): boolean {
  return (
    recordedResults.includes(result) && warnings.some(({ code }) => fillableWarnings.some((known) => known === code))
  );
}

interface Replayable {
  readonly result: Result;
  readonly reason: LoggedReason;
  readonly warnings: readonly Warning[];
}
