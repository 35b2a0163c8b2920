/**
 * Kinds of failures. `finding`: the examined thing is wrong; `usage`: the input is wrong; `rejected`: the tracker rejected it;
 * `unreachable`: no response, no valid response, or no access.
 */
export type FailureKind = 'finding' | 'usage' | 'notFound' | 'rejected' | 'unreachable';

/** An error that ends a command, in one sentence for people; shown without a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** The next step. */
  readonly hint: string | undefined;
  /** The individual problems, one per line. */
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

/** Creates a failure for wrong input: an option, a field of a form, a document. */
export function usageFailure(message: string, hint?: string): Failure {
  return new Failure('usage', message, hint === undefined ? {} : { hint });
}

/** Returns the `code` of a system error (`ENOENT`, `ECONNREFUSED`, …) or of its causes, if any. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return systemCodeOf(thrown.cause);
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
