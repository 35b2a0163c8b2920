import { spawn } from 'node:child_process';

/**
 * Ends a process after this one has died, even by SIGKILL: a shell waits for the pipe to this process to close. Otherwise the server
 * would run until somebody starts the stack again.
 * @returns a function that cancels the watch once the process has ended
 */
export function endWithUs(pid: number): () => Promise<void> {
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill "$1"', 'watcher', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
    detached: true,
  });
  // Without a shell there is no watch; the next start on the same data still finds the process.
  const ended = new Promise<void>((resolve) => {
    watcher.once('exit', () => resolve());
    watcher.once('error', () => resolve());
  });
  watcher.unref();
  return () => {
    // The pending wait must keep this process alive: otherwise Node might exit before it reports a failure.
    watcher.ref();
    watcher.kill('SIGKILL');
    return ended;
  };
}
