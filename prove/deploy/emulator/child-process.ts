import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';

export interface Started {
  /** Everything printed so far. */
  readonly output: () => string;
  readonly isRunning: () => boolean;
  /** Resolves to the exit code; a signal counts as 1. */
  readonly ended: Promise<number>;
  readonly end: () => Promise<void>;
}

export interface StartOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  /** The file of its output. */
  readonly log: string;
}

const patienceMilliseconds = 5000;

/** Starts a program with a separate process group, so that its child processes end with it, and all of them with us. */
export function start(program: string, given: readonly string[], { environment, folder, log }: StartOptions): Started {
  const child = spawn(program, given, {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The whole group has ended.
    }
  };
  const isRunning = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const killNow = (): void => signalGroup('SIGKILL');
  process.once('exit', killNow);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
    appendFileSync(log, chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? 1));
    child.once('error', (error) => {
      keep(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
  }).finally(() => {
    process.off('exit', killNow);
    killNow();
  });
  return {
    output: () => output,
    isRunning,
    ended,
    async end() {
      if (!isRunning()) return;
      const exit = once(child, 'exit');
      signalGroup('SIGTERM');
      const impatient = setTimeout(killNow, patienceMilliseconds);
      await exit;
      clearTimeout(impatient);
      await ended;
    },
  };
}

/** Runs a program to its end; one that takes longer than the limit is ended, and fails. */
export async function run(
  program: string,
  given: readonly string[],
  options: StartOptions & { readonly limitSeconds: number },
): Promise<{ readonly code: number; readonly output: string; readonly seconds: number }> {
  const startedAt = Date.now();
  const started = start(program, given, options);
  const limit = setTimeout(() => void started.end(), options.limitSeconds * 1000);
  const code = await started.ended;
  clearTimeout(limit);
  return { code, output: started.output(), seconds: (Date.now() - startedAt) / 1000 };
}
