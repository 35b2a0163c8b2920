/** What a script is told by the status of the process. */
export const exitCode = {
  fine: 0,
  /** The command did its work, and found something wrong. */
  finding: 1,
  /** A wrong option, argument, parameter or document. */
  usage: 2,
  notFound: 3,
  /** The tracker, or whoever was asked, refused: a conflict, something in use, an answer "no". */
  refused: 4,
  /** The tracker could not be reached, did not answer as it should, or did not let us in. */
  unreachable: 5,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** A reason to end, in one sentence for people; printed without a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** What to do next. */
  readonly hint: string | undefined;
  /** What is wrong one by one, a line each. */
  readonly details: readonly string[];

  constructor(
    readonly code: ExitCode,
    message: string,
    { hint, details = [], cause }: { hint?: string; details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.hint = hint;
    this.details = details;
  }
}

/** A command that was given something wrong. */
export function usageFailure(message: string, hint?: string): Failure {
  return new Failure(exitCode.usage, message, hint === undefined ? {} : { hint });
}

/** The `code` of a system error (`ENOENT`, `ECONNREFUSED`, …), its causes included, where there is one. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return systemCodeOf(thrown.cause);
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
