/**
 * A reason not to start, in one sentence that says what to do. It is printed as it is, without a stack trace:
 * whoever sees it has a wrong set-up or a wrong template, not a broken runner.
 */
export class StartupFailure extends Error {
  override readonly name = 'StartupFailure';
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system error (`EADDRINUSE`, `ENOENT`, …), where there is one. */
export function codeOf(thrown: unknown): string | undefined {
  // Not `instanceof`: an error of Node's own modules has another `Error` where tests run in a realm of their own.
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
