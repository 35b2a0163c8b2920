import type { Campaign } from '../../lambdas/domain/configuration/campaign';
import type { AdminApi } from '../api/admin-api';
import { redirectOf, makeClick, type MadeClick } from '../click/test-click';
import { credentialsOf } from '../documents/credentials';
import { proofOf, type Proof } from '../postback/send-postback';
import { attempt, fine, skipped, wrong, type Check } from '../check';
import type { WholeConfiguration } from './configuration-checks';
import { tryPostbacks } from './trial-postbacks';

/** The checks of a trial, and the remaining test click. */
export interface Trial {
  readonly checks: readonly Check[];
  readonly clickId?: string;
}

/** Clicks and sends postbacks as visitors and senders do, and checks what is stored. */
export async function tryOut(
  api: AdminApi,
  { campaigns, integrations }: WholeConfiguration,
  campaignId: string,
): Promise<Trial> {
  const campaign = campaigns.find(({ id }) => id === campaignId);
  const integration = integrations.find(({ id }) => id === campaign?.integration);
  if (campaign === undefined || integration === undefined) {
    const missing =
      campaign === undefined
        ? `There is no campaign ${campaignId}.`
        : `${campaignId} names no integration that is here.`;
    return { checks: [wrong('a test click', missing, 'tracker campaign list')] };
  }
  const made: { readonly click: MadeClick; readonly proof: Proof }[] = [];
  const clicked = await attempt('a test click', async () => {
    const proof = proofOf(await credentialsOf(api, integration.id), integration.auth);
    made.push({ click: await makeClick(api, campaignId), proof });
    return fine('a test click', `for ${campaignId}`);
  });
  const [first] = made;
  if (first === undefined) return { checks: [clicked] };
  const { click, proof } = first;
  const redirect = await checkRedirect(api, campaignId, campaign);
  const { pathname, searchParams } = new URL(click.postbackUrl);
  // The token goes into a header, which no log keeps.
  searchParams.delete('token');
  const postbacks = await tryPostbacks(api, {
    clickId: click.clickId,
    path: pathname,
    query: `${searchParams.toString()}&test=1`,
    proof,
    auth: integration.auth,
  });
  return { checks: [clicked, redirect, ...postbacks], clickId: click.clickId };
}

async function checkRedirect(api: AdminApi, campaignId: string, { status, offers }: Campaign): Promise<Check> {
  const name = 'a visitor is redirected';
  if (status === 'paused') return skipped(name, `${campaignId} is paused.`);
  return attempt(name, async () => {
    const { origin } = new URL(await redirectOf(api.publicUrl, campaignId, {}));
    if (offers.some(({ url }) => url.startsWith(origin))) return fine(name, `to ${origin}`);
    const fix = 'A change of configuration shows after up to a minute; else look for a cache before the tracker.';
    return wrong(name, `It leads to ${origin}, which is no offer of ${campaignId}.`, fix);
  });
}
