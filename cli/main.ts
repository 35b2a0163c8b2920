import { CommanderError } from '@commander-js/extra-typings';
import { withLocalUrl } from './connection/options';
import { Failure, messageOf } from '../operator/failure';
import { exitCode, type ExitCode } from './exit-code';
import { buildProgram } from './program';
import { printable } from './terminal/printable';
import { style } from './terminal/style';

const endedByInterrupt = 130;

/** Runs one command line and sets the exit code of the process. It never rejects. */
export async function main(given: readonly string[]): Promise<void> {
  endQuietly();
  const json = wantsJson(given);
  try {
    await buildProgram({ quiet: json }).parseAsync(withLocalUrl(given), { from: 'user' });
  } catch (error) {
    process.exitCode = json ? printForProgram(error) : printForPerson(error);
  }
}

function wantsJson(given: readonly string[]): boolean {
  const end = given.indexOf('--');
  return given.slice(0, end === -1 ? undefined : end).includes('--json');
}

/** Reports an error as one JSON document on standard error; returns the exit code. */
function printForProgram(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.fine;
    return printError(exitCode.usage, { message: error.message.replace(/^error: /, '') });
  }
  if (!(error instanceof Failure)) {
    return printError(exitCode.finding, { message: `This should not have happened: ${messageOf(error)}` });
  }
  const { kind, message, hint, details } = error;
  return printError(exitCode[kind], {
    message,
    ...(hint !== undefined && { hint }),
    ...(details.length > 0 && { details }),
  });
}

function printError(code: ExitCode, error: object): ExitCode {
  process.stderr.write(`${JSON.stringify({ error: { exitCode: code, ...error } }, null, 2)}\n`);
  return code;
}

function endQuietly(): void {
  process.on('SIGINT', () => process.exit(endedByInterrupt));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of the output closed it, as in `tracker … | head`.
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

/** Prints an error. Returns the exit code. */
function printForPerson(error: unknown): number {
  // Commander has printed it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.usage;
  const print = (text: string): void => void process.stderr.write(`${printable(text)}\n`);
  if (process.env['TRACKER_DEBUG'] === '1' && error instanceof Error) print(error.stack ?? error.message);
  if (error instanceof Failure) {
    print(`${style.bad('error:', process.stderr)} ${error.message}`);
    for (const line of error.details) print(`  ${line}`);
    if (error.hint !== undefined) print(`${style.quiet('hint:', process.stderr)} ${error.hint}`);
    return exitCode[error.kind];
  }
  print(`${style.bad('error:', process.stderr)} This should not have happened: ${messageOf(error)}`);
  print(`${style.quiet('hint:', process.stderr)} TRACKER_DEBUG=1 shows where; please report it.`);
  return exitCode.finding;
}
