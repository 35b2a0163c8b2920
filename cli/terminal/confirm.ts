import { createInterface } from 'node:readline/promises';
import { Failure, usageFailure } from '../../operator/failure';

/** Whether somebody sits in front of us who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Asks before something that cannot be taken back. Whoever says no ends the command; where nobody can be asked, the command
 * wants `--yes`.
 */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!canAsk()) throw usageFailure(`${question} Nobody is here to be asked.`, 'Add --yes to say that it is meant.');
  if (!(await ask(question))) throw new Failure('refused', 'Nothing was changed.');
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C reaches the interface, not the process.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
