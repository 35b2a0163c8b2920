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
  /** The tracker that the options select. Connects with the first request. */
  api(): Promise<AdminApi>;
  /** The connection, for requests outside the admin API. */
  connection(): Promise<Connection>;
}

/** Runs the work of a command with the shared options. If it returns an exit code, the process ends with that. */
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
