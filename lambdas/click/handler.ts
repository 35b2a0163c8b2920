import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { clicksTable } from '../adapters/clicks-table';
import { configurationTable } from '../adapters/configuration-table';
import { deadlineAt } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { masterSecret } from '../adapters/master-secret';
import { emit, logTrouble } from '../adapters/metrics';
import { retryQueue, sqsClient } from '../adapters/retry-queue';
import { sourceAddressOf } from '../adapters/source-address';
import { metric } from '../contract';
import { readClickParameters } from '../domain/click/click-parameters';
import { chooseOffer } from '../domain/click/offer-choice';
import { isAheadOfVisitor } from '../domain/click/prefetch';
import type { Campaign } from '../domain/configuration/campaign';
import type { Version } from '../domain/configuration/document';
import { notFound, redirect, unavailable } from './answers';
import { keepClick } from './keep-click';
import { clickOf } from './new-click';

const client = dynamoDbClient();
const configuration = configurationTable(
  client,
  requireEnvironment('configTable'),
  requireEnvironmentNumber('configCacheSeconds'),
);
const clicks = clicksTable(client, requireEnvironment('clicksTable'));
const queue = retryQueue(sqsClient(), requireEnvironment('retryQueueUrl'));
const secret = masterSecret(requireEnvironment('masterSecretArn'));

/** Left of the function's time for answering when everything else has taken too long. */
const answerMilliseconds = 500;

/** Stores a click and sends its visitor on. The click is durable before its ID leaves; no trouble of ours stops a visitor. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const now = event.requestContext.timeEpoch;
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - answerMilliseconds);
  const campaignId = event.pathParameters?.['campaign'] ?? '';
  let campaign: Version<'campaign'> | undefined;
  try {
    campaign = await configuration.find('campaign', campaignId, deadline);
  } catch (error) {
    logTrouble('the campaign could not be read', error, { campaign: campaignId.slice(0, 64) });
    emit({ [metric.clickFailed]: 1 }, { reason: 'CAMPAIGN_UNREADABLE' });
    return unavailable();
  }
  const offer = campaign && isOpen(campaign.document) ? chooseOffer(campaign.document, Math.random()) : undefined;
  if (campaign === undefined || offer === undefined) return notFound(campaign !== undefined);

  const { document } = campaign;
  const parameters = readClickParameters(event.rawQueryString);
  const visit = { campaignId, campaign: document, offer, parameters, now };
  const { method } = event.requestContext.http;
  if (isAheadOfVisitor(method, (name) => event.headers[name])) return redirect(visit, undefined);

  try {
    const userAgent = event.headers['user-agent'];
    const click = clickOf(
      { ...visit, sourceIp: sourceAddressOf(event), userAgent },
      await secret.read(),
      randomBytes(8),
    );
    const kept = await keepClick(click, clicks, queue, deadline);
    emit(
      {
        [metric.clickReceived]: 1,
        ...(kept === 'queued' && { [metric.clickQueued]: 1 }),
        ...(kept === 'lost' && { [metric.clickLost]: 1 }),
      },
      { ...(kept !== 'stored' && { kept }) },
      { campaign: campaignId, offer: offer.id, bot: click.bot || undefined },
    );
    return redirect(visit, click.clickId);
  } catch (error) {
    // Not even a key could be had: without one there is no ID that a postback could bring back.
    logTrouble('the click has no ID', error, { campaign: campaignId });
    emit({ [metric.clickReceived]: 1, [metric.clickLost]: 1 }, { campaign: campaignId, kept: 'lost' });
    return redirect(visit, undefined);
  }
}

function isOpen(campaign: Campaign): boolean {
  return campaign.status === 'active';
}
