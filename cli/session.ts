import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { adminApiOver, type AdminApi } from './connection/admin-api';
import { connect } from './connection/connection';
import { readGlobalOptions, targetOf } from './connection/options';
import type { ExitCode } from './failure';
import { outputFor, type Output } from './terminal/output';

/** What a command has at hand while it runs. */
export interface Session {
  readonly output: Output;
  /** The tracker that the options name. Nothing is sent before something is asked of it. */
  api(): Promise<AdminApi>;
}

/** Runs what a command does, with the options that all commands share. Where it answers an exit code, the process ends with it. */
export async function perform(
  command: CommandUnknownOpts,
  work: (session: Session) => Promise<ExitCode | void>,
): Promise<void> {
  const options = readGlobalOptions(command);
  let api: Promise<AdminApi> | undefined;
  const code = await work({
    output: outputFor(options.json),
    api: () => (api ??= connect(targetOf(options, process.env)).then(adminApiOver)),
  });
  if (code !== undefined) process.exitCode = code;
}
