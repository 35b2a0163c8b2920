import { presetIds } from '../../lambdas/domain/presets';
import { judgeSequence } from './judge-sequence';
import { describeSequences, type Sequence } from './sequence-runner';
import { sequences as accounts } from './sequences/accounts';
import { sequences as adgate } from './sequences/adgate';
import { sequences as adjust } from './sequences/adjust';
import { sequences as affise } from './sequences/affise';
import { sequences as appsflyer } from './sequences/appsflyer';
import { sequences as awin } from './sequences/awin';
import { sequences as bemob } from './sequences/bemob';
import { sequences as binom } from './sequences/binom';
import { sequences as cake } from './sequences/cake';
import { sequences as clickbank } from './sequences/clickbank';
import { sequences as clickflare } from './sequences/clickflare';
import { sequences as cpxResearch } from './sequences/cpx-research';
import { sequences as digistore24 } from './sequences/digistore24';
import { sequences as dub } from './sequences/dub';
import { sequences as eventNumbers } from './sequences/event-numbers';
import { sequences as everflow } from './sequences/everflow';
import { sequences as generic } from './sequences/generic';
import { sequences as hotmart } from './sequences/hotmart';
import { sequences as impact } from './sequences/impact';
import { sequences as keitaro } from './sequences/keitaro';
import { sequences as lemonSqueezy } from './sequences/lemon-squeezy';
import { sequences as paddle } from './sequences/paddle';
import { sequences as paymentSystems } from './sequences/payment-systems';
import { sequences as paypal } from './sequences/paypal';
import { sequences as postAffiliatePro } from './sequences/post-affiliate-pro';
import { sequences as redtrack } from './sequences/redtrack';
import { sequences as refundedSoFar } from './sequences/refunded-so-far';
import { sequences as scaleo } from './sequences/scaleo';
import { sequences as shopify } from './sequences/shopify';
import { sequences as stripe } from './sequences/stripe';
import { sequences as thrivecart } from './sequences/thrivecart';
import { sequences as tune } from './sequences/tune';
import { sequences as voluum } from './sequences/voluum';
import { sequences as warriorplus } from './sequences/warriorplus';
import { sequences as woocommerce } from './sequences/woocommerce';

const sequencesOf: Readonly<Record<string, readonly Sequence[]>> = {
  adgate,
  adjust,
  affise,
  appsflyer,
  awin,
  bemob,
  binom,
  cake,
  clickbank,
  clickflare,
  'cpx-research': cpxResearch,
  digistore24,
  dub,
  everflow,
  generic: [...generic, ...accounts, ...paymentSystems, ...refundedSoFar, ...eventNumbers],
  hotmart,
  impact,
  keitaro,
  'lemon-squeezy': lemonSqueezy,
  paddle,
  paypal,
  'post-affiliate-pro': postAffiliatePro,
  redtrack,
  scaleo,
  shopify,
  stripe,
  thrivecart,
  tune,
  voluum,
  warriorplus,
  woocommerce,
};

it('tells what each preset makes of a sequence', () => {
  expect(Object.keys(sequencesOf).sort()).toEqual([...presetIds].sort());
});

describeSequences(sequencesOf, judgeSequence);
