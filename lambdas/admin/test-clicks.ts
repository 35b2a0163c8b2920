import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { storageCall } from '../adapters/storage-failure';
import { readClickParameters } from '../domain/click/click-parameters';
import { landingPageOf, newClick } from '../domain/click/new-click';
import { chooseOffer } from '../domain/click/offer-choice';
import { identifier } from '../domain/configuration/fields';
import type { Integration } from '../domain/configuration/integration';
import { currentCredential, firstKeys } from '../domain/trust/keys';
import { json, notFound, refusalOfFields, type Answer } from './answer';
import { readObject } from './document-body';
import { examplePostbackUrl, exampleValues } from './example-postback';
import { existing } from './integration-keys';
import { readParameters } from './query-parameters';
import type { RoutedRequest } from './request';
import type { Services } from './services';

const bodySchema = v.strictObject({ campaign: identifier });

/**
 * Makes a click as a visitor's would be, flagged as a test: whatever postback brings its ID back records a test. A paused
 * campaign takes it too, so that a sender can be tried before the first visitor.
 */
export async function makeTestClick(request: RoutedRequest, services: Services): Promise<Answer> {
  readParameters(request, []);
  const { deadline, now, sourceIp, userAgent, baseUrl } = request;
  const campaignId = readCampaign(request.body);
  const campaign = await services.configuration.newest('campaign', campaignId, deadline);
  const offer = campaign && !campaign.deleted ? chooseOffer(campaign.document, Math.random()) : undefined;
  if (campaign === undefined || offer === undefined) throw notFound(`There is no campaign ${campaignId}.`);
  const integrationId = campaign.document.integration;
  const integration = existing(
    integrationId,
    await services.configuration.newest('integration', integrationId, deadline),
  );

  const master = await storageCall('reading the master secret', () => services.master.read());
  const parameters = readClickParameters('test=1');
  const visit = { campaignId, campaign: campaign.document, offer, parameters, now };
  const click = newClick(visit, { sourceIp, userAgent, isBot: false }, master, randomBytes(8));
  await storageCall('storing a test click', () => services.clicks.put(click, deadline));

  const { token } = currentCredential(master, integrationId, integration.keys ?? firstKeys);
  return json(201, {
    clickId: click.clickId,
    campaign: campaignId,
    integration: integrationId,
    offer: offer.id,
    landingPage: landingPageOf(visit, click.clickId),
    postbackUrl: postbackUrlFor(click.clickId, baseUrl, integrationId, integration.document, token),
  });
}

/** The sender's postback for the click, ready to be sent: an order of its own, so that two test clicks are two conversions. */
function postbackUrlFor(clickId: string, baseUrl: string, id: string, integration: Integration, token: string): string {
  const values = { ...exampleValues(integration), clickId, transactionId: `TEST-${clickId.slice(-8)}` };
  return examplePostbackUrl(baseUrl, id, integration, values, integration.auth.token === 'off' ? undefined : token);
}

function readCampaign(body: string): string {
  const reading = v.safeParse(bodySchema, readObject('{"campaign": "<id>"}', body));
  if (reading.success) return reading.output.campaign;
  const problems = reading.issues.map((issue) => ({
    path: v.getDotPath(issue) ?? '',
    problem: issue.type === 'strict_object' ? 'the body holds "campaign" and nothing else' : issue.message,
  }));
  throw refusalOfFields('BODY_INVALID', 'The body is wrong', problems);
}
