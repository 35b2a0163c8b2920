import { affise } from './affise';
import { appsflyer } from './appsflyer';
import { awin } from './awin';
import { bemob } from './bemob';
import { binom } from './binom';
import { cake } from './cake';
import { clickbank } from './clickbank';
import { clickflare } from './clickflare';
import { dub } from './dub';
import { everflow } from './everflow';
import { generic } from './generic';
import { impact } from './impact';
import { keitaro } from './keitaro';
import { postAffiliatePro } from './post-affiliate-pro';
import type { Preset } from './preset';
import { redtrack } from './redtrack';
import { scaleo } from './scaleo';
import { tune } from './tune';
import { voluum } from './voluum';

export type { PostbackField, Preset } from './preset';
export { postbackFields } from './preset';

/** Every preset. A new one is a file of its own, a line here, and its golden cases. */
export const presets: readonly Preset[] = [
  generic,
  voluum,
  binom,
  redtrack,
  cake,
  tune,
  postAffiliatePro,
  keitaro,
  everflow,
  affise,
  impact,
  bemob,
  clickflare,
  scaleo,
  clickbank,
  awin,
  appsflyer,
  dub,
];

export const presetIds: readonly string[] = presets.map(({ id }) => id);

/** The preset of an integration; the generic one where the name is not known (a document older than the code). */
export function presetOf(id: string): Preset {
  return presets.find((preset) => preset.id === id) ?? generic;
}
