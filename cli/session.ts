import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { adminApiOver, type AdminApi } from '../operator/api/admin-api';
import { connect } from './connection/connection';
import type { Connection } from '../operator/api/connection';
import { readGlobalOptions, trackerTargetOf } from './connection/options';
import type { ExitCode } from './exit-code';
import { outputFor, type Output } from './terminal/output';

/** The tools of a running command. */
export interface Session {
  readonly output: Output;
  /** The tracker that the options name. Nothing is sent before something is asked of it. */
  api(): Promise<AdminApi>;
  /** The way to it, for what is no call of the admin API. */
  connection(): Promise<Connection>;
}

/** Runs what a command does, with the options that all commands share. Where it answers an exit code, the process ends with it. */
export async function perform(
  command: CommandUnknownOpts,
  work: (session: Session) => Promise<ExitCode | void>,
): Promise<void> {
  const options = readGlobalOptions(command);
  let connection: Promise<Connection> | undefined;
  let api: Promise<AdminApi> | undefined;
  const connected = (): Promise<Connection> => (connection ??= connect(trackerTargetOf(options, process.env)));
  const code = await work({
    output: outputFor(options.json),
    connection: connected,
    api: () => (api ??= connected().then(adminApiOver)),
  });
  if (code !== undefined) process.exitCode = code;
}
