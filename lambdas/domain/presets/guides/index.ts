import type { PresetGuide } from '../preset';
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
import { redtrack } from './redtrack';
import { scaleo } from './scaleo';
import { shopify } from './shopify';
import { stripe } from './stripe';
import { thrivecart } from './thrivecart';
import { tune } from './tune';
import { voluum } from './voluum';
import { warriorplus } from './warriorplus';
import { woocommerce } from './woocommerce';

const guides: Readonly<Record<string, PresetGuide>> = {
  adgate: adgate,
  adjust: adjust,
  affise: affise,
  appsflyer: appsflyer,
  awin: awin,
  bemob: bemob,
  binom: binom,
  cake: cake,
  clickbank: clickbank,
  clickflare: clickflare,
  'cpx-research': cpxResearch,
  digistore24: digistore24,
  dub: dub,
  everflow: everflow,
  generic: generic,
  hotmart: hotmart,
  impact: impact,
  keitaro: keitaro,
  'lemon-squeezy': lemonSqueezy,
  paddle: paddle,
  paypal: paypal,
  'post-affiliate-pro': postAffiliatePro,
  redtrack: redtrack,
  scaleo: scaleo,
  shopify: shopify,
  stripe: stripe,
  thrivecart: thrivecart,
  tune: tune,
  voluum: voluum,
  warriorplus: warriorplus,
  woocommerce: woocommerce,
};

/** Returns the guide to a preset. It is apart from the presets, since no judgement of a postback uses it. */
export function guideOf(presetId: string): PresetGuide {
  return guides[presetId] ?? generic;
}
