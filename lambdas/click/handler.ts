import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { clicksTable } from '../adapters/clicks-table';
import { configurationTable } from '../adapters/configuration-table';
import { deadlineAt } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { targetOf } from '../adapters/http-event';
import { masterSecret } from '../adapters/master-secret';
import { emit, logTrouble } from '../adapters/metrics';
import { retryQueue, sqsClient } from '../adapters/retry-queue';
import { sourceAddressOf } from '../adapters/source-address';
import { metric } from '../contract';
import { readClickQuery } from '../domain/click/click-parameters';
import { chooseOffer } from '../domain/click/offer-choice';
import { purposeOf } from '../domain/click/prefetch';
import type { Campaign } from '../domain/configuration/campaign';
import type { Version } from '../domain/configuration/document';
import { campaignIn } from '../domain/routing/target';
import { askAgain, methodsOnly, notFound, redirect, unavailable } from './answers';
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

/** A beacon is sent by POST, and counts like any other click. */
const redirected = ['GET', 'POST', 'HEAD'];

/** Stores a click and sends its visitor on. The click is durable before its ID leaves; no trouble of ours stops a visitor. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const now = event.requestContext.timeEpoch;
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - answerMilliseconds);
  const { method } = event.requestContext.http;
  if (!redirected.includes(method)) return methodsOnly(method);
  const purpose = purposeOf(method, (name) => event.headers[name]);
  if (purpose === 'prefetch') {
    emit({ [metric.clickPrefetched]: 1 }, {});
    return askAgain();
  }
  const target = targetOf(event);
  const campaignId = campaignIn(target);
  if (campaignId === undefined) return notFound(false);
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
  const visit = { campaignId, campaign: document, offer, query: readClickQuery(target.query), now };
  if (purpose === 'preview') return redirect(visit, undefined);

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
