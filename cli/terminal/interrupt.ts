/** Makes Ctrl-C end the work of a following command, and not its process. */
export function interruption(): AbortSignal {
  const ending = new AbortController();
  process.removeAllListeners('SIGINT');
  process.once('SIGINT', () => ending.abort());
  return ending.signal;
}
