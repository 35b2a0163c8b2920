import { appsflyer } from './appsflyer';
import { awin } from './awin';
import { bemob } from './bemob';
import { clickbank } from './clickbank';
import { clickflare } from './clickflare';
import { dub } from './dub';
import { generic } from './generic';
import { impact } from './impact';
import { scaleo } from './scaleo';
import type { Preset } from './preset';

export type { PostbackField, Preset } from './preset';
export { postbackFields } from './preset';

export const presets: readonly Preset[] = [generic, appsflyer, awin, bemob, clickbank, clickflare, dub, impact, scaleo];

export const presetIds: readonly string[] = presets.map(({ id }) => id);

/** The preset of an integration; the generic one where the name is not known (a document older than the code). */
export function presetOf(id: string): Preset {
  return presets.find((preset) => preset.id === id) ?? generic;
}
