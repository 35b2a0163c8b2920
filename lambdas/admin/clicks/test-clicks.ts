import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { storageCall } from '../../adapters/storage-failure';
import { readClickQuery } from '../../domain/click/click-parameters';
import { landingPageOf, newClick } from '../../domain/visit/new-click';
import { chooseOffer } from '../../domain/visit/offer-choice';
import { identifier } from '../../domain/configuration/fields';
import type { Integration } from '../../domain/configuration/integration';
import { currentCredential, firstKeys } from '../../domain/trust/keys';
import { campaigns, noDocument } from '../documents/collections';
import { adminJson, type Answer } from '../http/answer';
import type { Shown } from '../http/answer-schema';
import { readBodyFields } from '../http/body';
import { examplePostbackUrl, exampleValues } from '../integrations/example-postback';
import { readable } from '../documents/view';
import { existing } from '../integrations/keys';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

export const testClickSchema = v.strictObject({ campaign: identifier });

export const testClickAnswer = v.strictObject({
  clickId: v.string(),
  campaign: v.string(),
  integration: v.string(),
  offer: v.string(),
  landingPage: v.string(),
  postbackUrl: v.pipe(
    v.string(),
    v.description('What the sender would send, its token included where it is looked at'),
  ),
});

/**
 * Makes a click as a visitor's would be, flagged as a test: whatever postback brings its ID back records a test. A paused
 * campaign takes it too, so that a sender can be tried before the first visitor.
 */
export async function makeTestClick(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { deadline, now, sourceIp, userAgent, baseUrl } = request;
  const { campaign: campaignId } = readBodyFields('{"campaign": "<id>"}', request.body, testClickSchema);
  const campaign = await services.configuration.newest('campaign', campaignId, deadline);
  if (campaign === undefined || campaign.deleted) throw noDocument(campaigns, campaignId);
  const { document } = readable(campaign);
  const offer = chooseOffer(document, Math.random());
  if (offer === undefined) throw new Error(`${campaignId} has no offer to choose, and its schema asks for one`);
  const integrationId = document.integration;
  const integration = existing(
    integrationId,
    await services.configuration.newest('integration', integrationId, deadline),
  );

  const master = await storageCall('reading the master secret', () => services.master.read());
  const visit = { campaignId, campaign: document, offer, query: readClickQuery('test=1'), now };
  const click = newClick(visit, { sourceIp, userAgent, isBot: false }, master, randomBytes(8));
  await storageCall('storing a test click', () => services.clicks.put(click, deadline));

  const { token } = currentCredential(master, integrationId, integration.keys ?? firstKeys);
  return adminJson(201, {
    clickId: click.clickId,
    campaign: campaignId,
    integration: integrationId,
    offer: offer.id,
    landingPage: landingPageOf(visit, click.clickId),
    postbackUrl: postbackUrlFor(click.clickId, baseUrl, integrationId, integration.document, token),
  } satisfies Shown<typeof testClickAnswer>);
}

/** Returns the sender's postback for the click, ready to send: with a separate order, so that two test clicks are two conversions. */
function postbackUrlFor(clickId: string, baseUrl: string, id: string, integration: Integration, token: string): string {
  const values = { ...exampleValues(integration), clickId, transactionId: `TEST-${clickId.slice(-8)}` };
  return examplePostbackUrl(baseUrl, id, integration, values, integration.auth.token === 'off' ? undefined : token);
}
