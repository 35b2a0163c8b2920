import { generic } from './generic';
import type { Preset } from './preset';

export type { PostbackField, Preset } from './preset';
export { postbackFields } from './preset';

export const presets: readonly Preset[] = [generic];

export const presetIds: readonly string[] = presets.map(({ id }) => id);

/** The preset of an integration; the generic one where the name is not known (a document older than the code). */
export function presetOf(id: string): Preset {
  return presets.find((preset) => preset.id === id) ?? generic;
}
