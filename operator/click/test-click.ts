import { hasClickIdShape } from '../../lambdas/domain/click/click-id';
import { fieldNamesOf } from '../../lambdas/domain/request/field-names';
import { integrationOf } from '../documents/sender-setup';
import { credentialsOf } from '../documents/credentials';
import { getDocument } from '../documents/stored-document';
import { sendPlainly } from '../api/connection';
import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';
import { testClick } from '../answers';

/** A click that records tests, and the URL of its test postback. */
export interface MadeClick {
  readonly clickId: string;
  readonly campaign: string;
  readonly integration: string;
  readonly landingPage: string;
  /** The URL for the sender to call, with its token if one is checked. */
  readonly postbackUrl: string;
}

/** Makes a test click through the admin API, also for a paused campaign. */
export async function makeClick(api: AdminApi, campaign: string): Promise<MadeClick> {
  return api.call('POST', ['test-clicks'], testClick, { body: { campaign } });
}

/** Clicks as a visitor does, marked as a test: a visit carries parameters that the admin API does not take. */
export async function clickAsVisitor(
  api: AdminApi,
  campaignId: string,
  visit: Readonly<Record<string, string>>,
): Promise<MadeClick> {
  const campaign = await getDocument(api, 'campaign', campaignId);
  const integration = String(campaign['integration']);
  const landingPage = await redirectOf(api.publicUrl, campaignId, visit);
  const clickId = clickIdIn(landingPage);
  if (clickId === undefined) {
    throw new Failure('finding', `The landing page ${landingPage} did not get the click ID.`, {
      hint: 'Put {clickid} into the URL of the offer: without it no conversion finds its click.',
    });
  }
  return {
    clickId,
    campaign: campaignId,
    integration,
    landingPage,
    postbackUrl: await postbackUrlFor(api, integration, clickId),
  };
}

export async function redirectOf(
  publicUrl: string,
  campaign: string,
  visit: Readonly<Record<string, string>>,
): Promise<string> {
  const url = new URL(`${publicUrl}/c/${encodeURIComponent(campaign)}`);
  for (const [name, value] of Object.entries({ ...visit, test: '1' })) url.searchParams.set(name, value);
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  const response = await sendPlainly({ method: 'GET', url, headers });
  await response.arrayBuffer();
  const location = response.headers.get('location');
  if (response.status === 302 && location !== null) return location;
  throw new Failure('finding', `The click URL of ${campaign} answered ${response.status}, not a redirect.`, {
    hint:
      response.status >= 500
        ? 'Run "tracker status": it names the failing function. Then read docs/runbook.md#clicks-failing.'
        : 'A change of configuration reaches clicks after up to a minute.',
  });
}

/** Finds the click ID in an offer's URL, under any name. */
function clickIdIn(landingPage: string): string | undefined {
  return landingPage.split(/[^0-9A-Za-z]+/).find(hasClickIdShape);
}

async function postbackUrlFor(api: AdminApi, id: string, clickId: string): Promise<string> {
  const integration = await integrationOf(api, id);
  const { names } = fieldNamesOf(integration);
  const url = new URL(`${api.publicUrl}/postback/${id}`);
  const values = [
    ['clickId', clickId],
    ['amount', '12.50'],
    ['transactionId', `TEST-${clickId.slice(-8)}`],
    ['status', 'approved'],
  ] as const;
  for (const [field, value] of values) url.searchParams.set(names[field][0] ?? field, value);
  if (integration.auth.token !== 'off') url.searchParams.set('token', (await credentialsOf(api, id)).token);
  return url.href;
}
