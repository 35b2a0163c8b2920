import { Presets, SingleBar } from 'cli-progress';
import { showNothing, type StartProgress } from '../../operator/progress';

/** A bar on standard error during long work, or a count without a known total; nothing outside a terminal. */
export const startProgress: StartProgress = (label, total) => {
  if (!process.stderr.isTTY) return showNothing(label, total);
  const format =
    total === undefined ? `${label} {value} in {duration_formatted}` : `${label} {bar} {value}/{total} {eta_formatted}`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
  bar.start(total ?? Number.MAX_SAFE_INTEGER, 0);
  return { advance: (by = 1) => bar.increment(by), end: () => bar.stop() };
};
