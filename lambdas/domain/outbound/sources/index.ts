import type { SourceTemplate } from './template';
import { admaven } from './admaven';
import { adsterra } from './adsterra';
import { adxad } from './adxad';
import { axon } from './axon';
import { clickadilla } from './clickadilla';
import { clickadu } from './clickadu';
import { evadav } from './evadav';
import { exoclick } from './exoclick';
import { galaksion } from './galaksion';
import { googleAds } from './google-ads';
import { hilltopads } from './hilltopads';
import { juicyads } from './juicyads';
import { kadam } from './kadam';
import { kwai } from './kwai';
import { meta } from './meta';
import { linkedin } from './linkedin';
import { mgid } from './mgid';
import { microsoftCapi } from './microsoft-capi';
import { mondiad } from './mondiad';
import { openaiAds } from './openai-ads';
import { outbrain } from './outbrain';
import { pinterest } from './pinterest';
import { popads } from './popads';
import { popcash } from './popcash';
import { propellerads } from './propellerads';
import { pushhouse } from './pushhouse';
import { reddit } from './reddit';
import { richads } from './richads';
import { rollerads } from './rollerads';
import { snapchat } from './snapchat';
import { taboola } from './taboola';
import { tiktok } from './tiktok';
import { trafficstars } from './trafficstars';
import { x } from './x';

/** Every template. A new one is a separate file, a line here, and its golden case. */
export const sourceTemplates: readonly SourceTemplate[] = [
  propellerads,
  clickadu,
  adsterra,
  trafficstars,
  exoclick,
  mgid,
  taboola,
  outbrain,
  kadam,
  richads,
  hilltopads,
  galaksion,
  popads,
  popcash,
  evadav,
  admaven,
  clickadilla,
  adxad,
  rollerads,
  mondiad,
  juicyads,
  pushhouse,
  meta,
  tiktok,
  snapchat,
  reddit,
  x,
  axon,
  openaiAds,
  kwai,
  microsoftCapi,
  googleAds,
  linkedin,
  pinterest,
];

export const sourceTemplateIds: readonly string[] = sourceTemplates.map(({ id }) => id);

export function templateOf(id: string | undefined): SourceTemplate | undefined {
  return sourceTemplates.find((template) => template.id === id);
}
