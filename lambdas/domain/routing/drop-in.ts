import { presets, type Preset } from '../presets';
import { readTarget } from './target';

interface DropIn {
  readonly preset: Preset;
  readonly parts: readonly string[];
}

const dropIns: readonly DropIn[] = presets.flatMap((preset) =>
  preset.dropInPaths.map((path) => ({ preset, parts: path.split('/').filter((segment) => segment !== '') })),
);

/** TUNE has a path for each way to report a conversion; its paths of clicks and impressions are none of them. */
const tuneConversion = /^aff_(?!(?:ad|c|i|nl|r)$)\w+$/;

/** The presets of the trackers that have this path. @param names the segments of the path in lower case, at least one */
export function dropInPresets(names: readonly string[]): readonly Preset[] {
  const found = dropIns.filter(({ parts }) => parts.length > 0 && matches(parts, names));
  const isTune = names.length === 1 && tuneConversion.test(names[0] ?? '');
  const ofTune = isTune ? presets.filter(({ id }) => id === 'tune') : [];
  // A path that is written out says more than one with a key of any name in it.
  const exact = found.filter(({ parts }) => !parts.some(isKey));
  return [...new Set([...ofTune, ...(exact.length > 0 ? exact : found).map(({ preset }) => preset)])];
}

/**
 * The tracker that a sender's URL was written for, where only one has such a path: its names and its words explain what the sender
 * got wrong, before a click says whose integration it is.
 */
export function presetOfPath(path: string): Preset | undefined {
  const names = readTarget(path, '').segments.map((segment) => segment.toLowerCase());
  const found = names.length > 0 ? dropInPresets(names) : ofRoot;
  return found.length === 1 ? found[0] : undefined;
}

const ofRoot: readonly Preset[] = dropIns.filter(({ parts }) => parts.length === 0).map(({ preset }) => preset);

const isKey = (part: string): boolean => part.startsWith('{');

/** A script may also lie in the folder that the other tracker was installed in. */
function matches(parts: readonly string[], names: readonly string[]): boolean {
  const isScript = /\.(?:php|ashx)$/.test(parts.at(-1) ?? '');
  const own = isScript ? names.slice(-parts.length) : names;
  return own.length === parts.length && parts.every((part, at) => isKey(part) || part === own[at]);
}
