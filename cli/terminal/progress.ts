import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  advance(by?: number): void;
  /** Takes the bar away; what follows is printed where it stood. */
  end(): void;
}

const nothing: Progress = { advance: () => undefined, end: () => undefined };

/** A bar on standard error while long work goes on; nothing where that is no terminal. */
export function startProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY) return nothing;
  const format = `${what} {bar} {value}/{total} {eta_formatted}`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
  bar.start(total, 0);
  return { advance: (by = 1) => bar.increment(by), end: () => bar.stop() };
}
