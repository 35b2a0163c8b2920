/**
 * A reason not to start, in one sentence with the fix. It is printed without a stack trace: the set-up or the template is wrong, not the
 * runner.
 */
export class StartupFailure extends Error {
  override readonly name = 'StartupFailure';
}

/** Returns the message of any thrown value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Returns the `code` of a system error (`EADDRINUSE`, `ENOENT`, …), if any. */
export function codeOf(thrown: unknown): string | undefined {
  // `instanceof` would fail: errors of Node's modules have another `Error` where tests run in a separate realm.
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
