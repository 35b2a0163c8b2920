import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from './progress';

/** Counts on standard error while work goes on whose end is not known; nothing where that is no terminal. */
export function startCount(what: string): Progress {
  if (!process.stderr.isTTY) return { advance: () => undefined, end: () => undefined };
  const format = `${what} {value} in {duration_formatted}`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
  bar.start(Number.MAX_SAFE_INTEGER, 0);
  return { advance: (by = 1) => bar.increment(by), end: () => bar.stop() };
}
