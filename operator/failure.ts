/**
 * Why something did not happen. `finding`: what was looked at is wrong; `usage`: something wrong was given; `refused`: the tracker
 * rejected it; `unreachable`: no answer, no answer that is understood, or no access.
 */
export type FailureKind = 'finding' | 'usage' | 'notFound' | 'refused' | 'unreachable';

/** A reason to end, in one sentence for people; shown without a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** The next step. */
  readonly hint: string | undefined;
  /** The single problems, a line each. */
  readonly details: readonly string[];

  constructor(
    readonly kind: FailureKind,
    message: string,
    { hint, details = [], cause }: { hint?: string; details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.hint = hint;
    this.details = details;
  }
}

/** Something wrong was given: an option, a field of a form, a document. */
export function usageFailure(message: string, hint?: string): Failure {
  return new Failure('usage', message, hint === undefined ? {} : { hint });
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
