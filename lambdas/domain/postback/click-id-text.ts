import {
  clickIdLength,
  hasClickIdShape,
  readClickId,
  type ClickIdKey,
  type ClickIdReading,
} from '../identifiers/click-id';
import { plainValue } from './percent-encoding';

/** Letters and digits in a row, as many as a click ID has, anywhere in a text. */
const run = new RegExp(`(?<![0-9A-Za-z])[0-9A-Za-z]{${clickIdLength}}(?![0-9A-Za-z])`, 'g');

/** The same, or what may become it once it is decoded. */
const anyRun = new RegExp(`%|[0-9A-Za-z]{${clickIdLength}}`);

/** MACs that one postback may cost, beside those of the parameters that carry a click ID by name. */
export const searchedRuns = 64;

/** Whether a value holds what could be a click ID. Its MAC is looked at later. */
export function holdsClickIdShape(value: string): boolean {
  if (value.length < clickIdLength || !anyRun.test(value)) return false;
  return runsIn(value).some(hasClickIdShape);
}

/** Decoding may take the first letters of an ID behind a percent sign for an escape, so that the value as it came is looked at as well. */
function runsIn(value: string): readonly string[] {
  const plain = plainValue(value);
  return [...(plain.match(run) ?? []), ...(plain === value ? [] : (value.match(run) ?? []))];
}

/** A click ID that a parameter's value is, or that is part of it. */
export interface ReadText {
  readonly reading: ClickIdReading;
  /** The value is more than its click ID: quotes, brackets, a slash, a URL. */
  readonly trimmed: boolean;
  /** Texts within the value whose MAC was looked at. */
  readonly searched: number;
}

/** How an ID of ours begins: the format is its first letter. Any other text is told apart without a MAC. */
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

/** The click ID that a value is read as, for explaining it: without what surrounds it. */
export function clickIdIn(value: string): string {
  const plain = plainValue(value);
  const within = value.length <= clickIdLength ? undefined : runsIn(value).find(hasClickIdShape);
  return (within ?? plain).toLowerCase();
}
