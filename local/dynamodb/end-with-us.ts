import { spawn } from 'node:child_process';

/**
 * Ends a process when this one is gone, also where it was killed and could end nothing itself: a shell waits for the pipe to
 * this process to close. A server that outlives its stack would otherwise stay for good where nobody starts the stack again.
 * @returns a function that calls the watch off, for when the process has ended
 */
export function endWithUs(pid: number): () => Promise<void> {
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill "$1"', 'watcher', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
    detached: true,
  });
  // Without a shell there is no watch; the next start on the same data still finds what was left behind.
  const ended = new Promise<void>((resolve) => {
    watcher.once('exit', () => resolve());
    watcher.once('error', () => resolve());
  });
  watcher.unref();
  return () => {
    // Whoever waits for its end keeps this process alive for it; otherwise Node might end here, and nobody hear of a failure.
    watcher.ref();
    watcher.kill('SIGKILL');
    return ended;
  };
}
