import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { closedEnvironment } from '../../../prove/closed-environment';

const run = promisify(execFile);
const folder = path.join(__dirname, '..', '..', '..', 'docs', 'senders');

export interface Sender {
  readonly file: string;
  /** What it takes to run it: each program with the arguments that show that it is there. */
  readonly needs: readonly (readonly [program: string, ...proof: string[]])[];
  readonly command: string;
}

const node = { command: process.execPath, needs: [] };
const python = { command: 'python3', needs: [['python3', '--version']] } as const;

export const querySenders: readonly Sender[] = [
  {
    file: 'signed-get.sh',
    command: 'bash',
    needs: [
      ['bash', '--version'],
      ['openssl', 'version'],
      ['curl', '--version'],
    ],
  },
  { file: 'signed-get.mjs', ...node },
  { file: 'signed_get.py', ...python },
  { file: 'signed-get.php', command: 'php', needs: [['php', '--version']] },
];

export const bodySenders: readonly Sender[] = [
  { file: 'standard-webhook.mjs', ...node },
  { file: 'standard_webhook.py', ...python },
];

/** The program that a sender lacks on this machine. */
export function missingProgram({ needs }: Sender): string | undefined {
  return needs.find(([program, ...proof]) => !isThere(program, proof))?.[0];
}

function isThere(program: string, proof: readonly string[]): boolean {
  try {
    execFileSync(program, proof, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a sender with these settings and nothing else of ours; resolves with what it printed. */
export async function runSender(
  { command, file }: Sender,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly printed: string; readonly complaint: string }> {
  const { stdout, stderr } = await run(command, [path.join(folder, file)], {
    env: closedEnvironment(settings),
  });
  return { printed: stdout.trim(), complaint: stderr };
}
