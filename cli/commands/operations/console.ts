import { once } from 'node:events';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { buildPage } from '../../../console/build';
import { serveConsole, type ServedConsole } from '../../../console/server/console';
import { CredentialsExpired, type ConsoleSession, type TrackerAccess } from '../../../console/server/tracker-access';
import { readGlobalOptions, trackerTargetOf } from '../../connection/options';
import { Failure, systemCodeOf, usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { consoleAccess } from '../../operations/console/console-access';
import { perform } from '../../session';
import { interruption } from '../../terminal/interrupt';
import { openBrowser } from '../../terminal/open-browser';
import { style } from '../../terminal/style';

export function addConsoleCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('console')
    .description(
      'opens the console in a browser, served on this machine with your credentials, until Ctrl-C; read-only at a protected stage',
    )
    .option('--write', 'allow changes at a protected stage')
    .option('--port <number>', 'listen on this port (default: a free one)')
    .option('--no-open', 'print the address and open no browser')
    .action(({ write = false, port = '0', open }, self) =>
      perform(self, async ({ output }) => {
        const ended = interruption();
        const tracker = await consoleAccess(trackerTargetOf(readGlobalOptions(self), process.env));
        const [session] = await Promise.all([sessionOf(tracker), buildPage()]);
        const server = await serve(tracker, write, readPort(port));
        const mayWrite = write || !session.protected;
        output.answer({ url: server.url, mayWrite }, () => textOf(server.url, session, mayWrite));
        if (open) openBrowser(server.url);
        if (!ended.aborted) await once(ended, 'abort');
        await server.close();
      }),
    );
  addExamples(command, 'tracker console --stage prod', 'tracker console --stage prod --write --no-open');
}

/** Checked before anything is printed: a URL that leads to an error helps no one. */
async function sessionOf(tracker: TrackerAccess): Promise<Omit<ConsoleSession, 'mayWrite'>> {
  try {
    return await tracker.session();
  } catch (error) {
    if (!(error instanceof CredentialsExpired)) throw error;
    const hint = `Run "${error.command}" and try again. For the tracker on this machine add --local.`;
    throw new Failure('unreachable', 'There are no valid AWS credentials here.', { hint, cause: error });
  }
}

async function serve(tracker: TrackerAccess, write: boolean, port: number): Promise<ServedConsole> {
  try {
    return await serveConsole({ page: buildPage, tracker, write }, port);
  } catch (error) {
    if (systemCodeOf(error) === 'EADDRINUSE') throw usageFailure(`Port ${port} is in use: choose another with --port.`);
    throw error;
  }
}

function textOf(url: string, { stage }: Pick<ConsoleSession, 'stage'>, mayWrite: boolean): string {
  const rights = mayWrite
    ? `It shows the stage ${stage} and may change it.`
    : `It shows the stage ${stage} and changes nothing; --write allows changes.`;
  return `${style.important(url)}\n\n${rights}\nThe address is a key: give it to no one. Ctrl-C ends it.`;
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw usageFailure(`--port must be a number from 0 to 65535, not "${text}".`);
}
