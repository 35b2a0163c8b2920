import type { FailureKind } from '../operator/failure';

/** The status of the process, for scripts. */
export const exitCode = {
  fine: 0,
  /** The command did its work and found a problem. */
  finding: 1,
  /** A wrong option, argument, parameter or document. */
  usage: 2,
  notFound: 3,
  /** The tracker rejected the request, or the user declined: a conflict, something in use, an answer "no". */
  rejected: 4,
  /** The tracker could not be reached, gave an invalid response, or rejected the identity. */
  unreachable: 5,
} as const satisfies Readonly<Record<FailureKind | 'fine', number>>;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
