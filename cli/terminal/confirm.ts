import { createInterface } from 'node:readline/promises';
import { Failure, usageFailure } from '../../operator/failure';

/** Whether a user at a terminal can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks before an irreversible action. A "no" ends the command; without a terminal the command needs `--yes`. */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!canAsk()) throw usageFailure(`${question} There is no terminal to ask on.`, 'Add --yes to confirm.');
  if (!(await ask(question))) throw new Failure('rejected', 'Nothing was changed.');
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
