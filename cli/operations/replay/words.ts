import { fillableWarnings, replayableReasons, replayableResults } from '../../../lambdas/domain/verdict/replay';
import { authenticationReasons, type Reason } from '../../../lambdas/domain/values/reasons';
import { knownReason } from '../../../operator/answers';
import { usageFailure } from '../../../operator/failure';
import type { FillableWarning } from '../../../operator/replay/replay';

/** Rejects a reason that no replay changes before the log is read. */
export function readReplayReason(text: string): Reason {
  const reason = knownReason(text.toUpperCase());
  if (reason !== undefined && replayableReasons.includes(reason)) return reason;
  if (reason !== undefined && authenticationReasons.includes(reason)) {
    throw usageFailure(`${reason} is never replayed: its sender was not authenticated, and a replay cannot do that.`);
  }
  throw usageFailure(
    `"${text}" is no reason that a replay may change.`,
    `There are ${[...replayableReasons].sort().join(', ')}.`,
  );
}

export function readReplayWarning(text: string): FillableWarning {
  const warning = fillableWarnings.find((known) => known === text.toUpperCase());
  if (warning !== undefined) return warning;
  throw usageFailure(`"${text}" is no warning that a replay may fill in.`, `There are ${fillableWarnings.join(', ')}.`);
}

export function readReplayResult(text: string): string {
  const result = text.toLowerCase();
  if (replayableResults.some((known) => known === result)) return result;
  throw usageFailure(`--result is ${replayableResults.join(', ')}, not "${text}".`);
}
