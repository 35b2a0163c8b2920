/** A command that is meant to be ended with Ctrl-C takes it as the end of its work, and not as the end of the process. */
export function interruption(): AbortSignal {
  const ending = new AbortController();
  process.removeAllListeners('SIGINT');
  process.once('SIGINT', () => ending.abort());
  return ending.signal;
}
