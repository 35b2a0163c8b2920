import { clickIdLength } from './click-id';
import { readClickId, type ClickIdKey, type ClickIdReading } from './signed-click-id';
import { runsIn } from './click-id-runs';
import { plainValue } from '../text/percent-encoding';

/** MACs that one postback may cost, beside those of the parameters that carry a click ID by name. */
export const searchedRuns = 64;

/** A click ID that a parameter's value is, or that is part of it. */
export interface ReadText {
  readonly reading: ClickIdReading;
  /** The value is more than its click ID: quotes, brackets, a slash, a URL. */
  readonly trimmed: boolean;
  /** Texts within the value whose MAC was looked at. */
  readonly searched: number;
}

/** The beginning of an ID of ours: its first letter is the format. Any other text is recognized without a MAC. */
const ownStart = /^[23]/;

/**
 * Reads a value as a click ID. Where it is none, the first genuine one within it counts.
 * @param most texts within the value whose MAC may be looked at
 */
export function readClickIdText(value: string, keys: readonly ClickIdKey[], most = searchedRuns): ReadText {
  const plain = plainValue(value);
  const reading = readClickId(plain, keys);
  if (reading.outcome === 'genuine' || value.length <= clickIdLength) {
    return { reading, trimmed: false, searched: ownStart.test(plain) ? 1 : 0 };
  }
  const texts = runsIn(value)
    .filter((text) => ownStart.test(text))
    .slice(0, most);
  for (const [at, text] of texts.entries()) {
    const within = readClickId(text, keys);
    if (within.outcome === 'genuine') return { reading: within, trimmed: true, searched: at + 1 };
  }
  return { reading, trimmed: false, searched: texts.length };
}
