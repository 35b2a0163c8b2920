import { fillableWarnings, replayableReasons, replayableResults } from '../../../lambdas/domain/verdict/replay';
import { authenticationReasons, type Reason } from '../../../lambdas/domain/values/reasons';
import { knownReason } from '../../../operator/answers';
import { usageFailure } from '../../../operator/failure';
import type { FillableWarning } from '../../../operator/replay/replay';

/** Checks a word of the options here: what a replay may not mend is said before the log is walked. */
export function readReplayReason(text: string): Reason {
  const reason = knownReason(text.toUpperCase());
  if (reason !== undefined && replayableReasons.includes(reason)) return reason;
  if (reason !== undefined && authenticationReasons.includes(reason)) {
    throw usageFailure(`${reason} is never replayed: its sender was not believed, and a replay cannot know better.`);
  }
  throw usageFailure(
    `"${text}" is no reason that a replay may mend.`,
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
  throw usageFailure(`--result is ${replayableResults.join(', ')}, not "${text}": the rest stands.`);
}
