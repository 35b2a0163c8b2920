import { adgate } from './adgate';
import { adjust } from './adjust';
import { affise } from './affise';
import { appsflyer } from './appsflyer';
import { awin } from './awin';
import { bemob } from './bemob';
import { binom } from './binom';
import { cake } from './cake';
import { clickbank } from './clickbank';
import { clickflare } from './clickflare';
import { cpxResearch } from './cpx-research';
import { digistore24 } from './digistore24';
import { dub } from './dub';
import { everflow } from './everflow';
import { generic } from './generic';
import { hotmart } from './hotmart';
import { impact } from './impact';
import { keitaro } from './keitaro';
import { lemonSqueezy } from './lemon-squeezy';
import { paddle } from './paddle';
import { paypal } from './paypal';
import { postAffiliatePro } from './post-affiliate-pro';
import type { Preset } from './preset';
import { redtrack } from './redtrack';
import { scaleo } from './scaleo';
import { shopify } from './shopify';
import { stripe } from './stripe';
import { thrivecart } from './thrivecart';
import { tune } from './tune';
import { voluum } from './voluum';
import { warriorplus } from './warriorplus';
import { woocommerce } from './woocommerce';

export type { PostbackField, Preset } from './preset';
export { postbackFields } from './preset';

/** Every preset. A new one is a separate file, a line here, and its golden cases. */
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
  adjust,
  cpxResearch,
  adgate,
  digistore24,
  hotmart,
  thrivecart,
  warriorplus,
  shopify,
  woocommerce,
  stripe,
  paypal,
  lemonSqueezy,
  paddle,
];

export const presetIds: readonly string[] = presets.map(({ id }) => id);

/** The preset of an integration; the generic one where the name is not known (a document older than the code). */
export function presetOf(id: string): Preset {
  return presets.find((preset) => preset.id === id) ?? generic;
}
